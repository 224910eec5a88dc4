using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Crypto;

namespace CkiSdk.Protocol.Server;

/// <summary>Makes interoperability keys and brings stored ones back to use; in the store they lie wrapped under the storage key.</summary>
internal sealed class InteroperabilityKeyRing(ICmaStore store, CryptoProvider provider, Secret storageKey)
{
    private const int ReferenceLength = 16;

    /// <summary>Makes the key of the CMA's own domain: 32 random octets with a random reference (profile section 1).</summary>
    /// <param name="notBefore">The first second in which it is in effect; its fraction is cut, as that of certificates is.</param>
    /// <param name="notAfter">The last second in which it is in effect; its fraction is cut.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<StoredInteroperabilityKey> CreateLocalAsync(DateTimeOffset notBefore, DateTimeOffset notAfter, CancellationToken cancellationToken)
    {
        var reference = new byte[ReferenceLength];
        provider.Random.Fill(reference);
        using var key = Secret.Random(Derivation.KeyDerivation.KeyLength, provider.Random);
        var stored = new StoredInteroperabilityKey(
            Convert.ToHexStringLower(reference), ExternalCma: null, WholeSeconds.Cut(notBefore), WholeSeconds.Cut(notAfter), provider.KeyWrap.Wrap(storageKey, key));
        await store.AddInteroperabilityKeyAsync(stored, cancellationToken).ConfigureAwait(false);
        return stored;
    }

    /// <summary>Lists the keys of the CMA's own domain.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<StoredInteroperabilityKey>> LocalKeysAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false)).Where(key => key.ExternalCma is null)];

    /// <summary>Opens a stored key.</summary>
    /// <param name="key">The stored key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CryptographicException">The storage key is not the one that it was wrapped under.</exception>
    public async ValueTask<ISecretKey> OpenAsync(StoredInteroperabilityKey key, CancellationToken cancellationToken)
    {
        using var octets = provider.KeyWrap.Unwrap(storageKey, key.WrappedKey.Span)
            ?? throw new CryptographicException($"The interoperability key {key.MyReference} cannot be unwrapped: the storage key is another one, or the store was changed.");
        return await provider.Keys.ImportSecretKeyAsync(octets, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the octets of a key's reference.</summary>
    /// <param name="key">The key.</param>
    public static OctetString Reference(StoredInteroperabilityKey key) => Convert.FromHexString(key.MyReference);
}
