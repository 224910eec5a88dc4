using System.Collections.Concurrent;
using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Makes interoperability keys and brings stored ones back to use; in the store they lie wrapped under the storage key.</summary>
internal sealed class InteroperabilityKeyRing(ICmaStore store, CryptoProvider provider, Secret storageKey) : IDisposable
{
    private const int ReferenceLength = 16;
    private readonly ConcurrentDictionary<string, ISecretKey> _opened = new(StringComparer.Ordinal);

    /// <summary>Makes the key of the CMA's own domain: 32 random octets with a random reference (profile section 1).</summary>
    /// <param name="notBefore">The first second in which it is in effect; its fraction is cut, as that of certificates is.</param>
    /// <param name="notAfter">The last second in which it is in effect; its fraction is cut.</param>
    /// <returns>The key, not stored yet.</returns>
    public StoredInteroperabilityKey CreateLocal(DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        using var key = Secret.Random(Derivation.KeyDerivation.KeyLength, provider.Random);
        return new StoredInteroperabilityKey(NewReference(), ExternalCma: null, WholeSeconds.Cut(notBefore), WholeSeconds.Cut(notAfter), Wrap(key));
    }

    /// <summary>Makes a reference: 16 random octets in hexadecimal (profile section 1.1).</summary>
    public string NewReference() => Convert.ToHexStringLower(provider.Random.Octets(ReferenceLength));

    /// <summary>Tells whether a reference of another party has the length that all have (profile section 1.1); it goes into certificates and the store.</summary>
    public static bool IsReference(IKReference reference) => reference.Value.Length == ReferenceLength;

    /// <summary>Wraps a key under the storage key.</summary>
    public byte[] Wrap(Secret key) => provider.KeyWrap.Wrap(storageKey, key);

    /// <summary>Wraps the private exponent of a domain certificate under the storage key.</summary>
    public byte[] WrapExponent(Secret exponent) => provider.KeyWrap.WrapPadded(storageKey, exponent);

    /// <summary>Opens the private key of a domain certificate.</summary>
    public async ValueTask<IDhKey> OpenDomainKeyAsync(DhGroup group, ReadOnlyMemory<byte> wrappedExponent, CancellationToken cancellationToken)
    {
        using var exponent = provider.KeyWrap.UnwrapPadded(storageKey, wrappedExponent.Span)
            ?? throw new CryptographicException("The domain key cannot be unwrapped: the storage key is another one, or the store was changed.");
        return await provider.Keys.ImportDhKeyAsync(group, exponent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the keys shared with a CMA.</summary>
    /// <param name="cma">The CMA in canonical form; null for the keys of the own domain.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<StoredInteroperabilityKey>> KeysWithAsync(string? cma, CancellationToken cancellationToken) =>
        KeysWith(cma, await store.StateAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Lists the keys shared with a CMA, where one looks at the state already.</summary>
    public static IReadOnlyList<StoredInteroperabilityKey> KeysWith(string? cma, IStateView state)
    {
        var all = state.ListInteroperabilityKeys();
        var keys = new List<StoredInteroperabilityKey>(all.Count);
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].ExternalCma == cma)
            {
                keys.Add(all[i]);
            }
        }

        return keys;
    }

    /// <summary>Finds a key by one's own reference; null where there is none.</summary>
    public async ValueTask<StoredInteroperabilityKey?> FindAsync(string myReference, CancellationToken cancellationToken) =>
        (await store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(key => key.MyReference == myReference);

    /// <summary>Tells the key in effect at a time, the one with the latest start (profile section 1.1), and of those the one made last; null for none.</summary>
    /// <param name="keys">The keys, in the order of the store.</param>
    /// <param name="time">The time.</param>
    public static StoredInteroperabilityKey? InEffect(IReadOnlyList<StoredInteroperabilityKey> keys, DateTimeOffset time) => InEffect(keys, time, DateTimeOffset.MinValue);

    /// <summary>Tells the key in effect at a time of those that have not ended at another; null for none. What is retired is in effect at no time.</summary>
    /// <param name="keys">The keys, in the order of the store.</param>
    /// <param name="time">The time.</param>
    /// <param name="present">When the key must not have ended yet.</param>
    public static StoredInteroperabilityKey? InEffect(IReadOnlyList<StoredInteroperabilityKey> keys, DateTimeOffset time, DateTimeOffset present)
    {
        for (var i = keys.Count - 1; i >= 0; i--)
        {
            if (!keys[i].IsRetired && keys[i].NotBefore <= time && time < keys[i].NotAfter && present < keys[i].NotAfter)
            {
                return keys[i];
            }
        }

        return null;
    }

    /// <summary>Opens a key and compares it with another in constant time, so that a reference never stands for two keys.</summary>
    public bool IsSame(StoredInteroperabilityKey stored, Secret key)
    {
        using var octets = Unwrap(stored);
        return octets.FixedTimeEquals(key.Span);
    }

    /// <summary>Opens a stored key. It stays open, because everything that is issued hangs on it, and it is the ring's: nobody else disposes of it.</summary>
    /// <param name="key">The stored key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CryptographicException">The storage key is not the one that it was wrapped under.</exception>
    public async ValueTask<ISecretKey> OpenAsync(StoredInteroperabilityKey key, CancellationToken cancellationToken)
    {
        // A reference never stands for two keys.
        if (_opened.TryGetValue(key.MyReference, out var known))
        {
            return known;
        }

        using var octets = Unwrap(key);
        var opened = await provider.Keys.ImportSecretKeyAsync(octets, cancellationToken).ConfigureAwait(false);
        var kept = _opened.GetOrAdd(key.MyReference, opened);
        if (!ReferenceEquals(kept, opened))
        {
            opened.Dispose();
        }

        return kept;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var reference in _opened.Keys)
        {
            if (_opened.TryRemove(reference, out var opened))
            {
                opened.Dispose();
            }
        }
    }

    /// <summary>Opens the octets of a stored key, which the caller disposes of.</summary>
    public Secret Unwrap(StoredInteroperabilityKey key) => Unwrap(key.MyReference, key.WrappedKey);

    /// <summary>Opens the octets of a key wrapped under the storage key, which the caller disposes of.</summary>
    public Secret Unwrap(string reference, ReadOnlyMemory<byte> wrapped) => provider.KeyWrap.Unwrap(storageKey, wrapped.Span)
        ?? throw new CryptographicException($"The interoperability key {reference} cannot be unwrapped: the storage key is another one, or the store was changed.");

    /// <summary>Returns the reference that stands in certificates under a key: the home CMA's own (profile section 1.1).</summary>
    public static OctetString HomeReference(StoredInteroperabilityKey key) => Convert.FromHexString(key.YourReference ?? key.MyReference);
}
