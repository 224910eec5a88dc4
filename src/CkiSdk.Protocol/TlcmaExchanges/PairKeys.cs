using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.TlcmaExchanges;

/// <summary>Makes the interoperability keys of domains and of pairs of domains, and writes what a CMA is told of them (profile section 1.1).</summary>
internal sealed class PairKeys(TlcmaContext tlcma)
{
    /// <summary>Makes a key: the same value and validity for both sides, references mirrored.</summary>
    /// <param name="one">A CMA.</param>
    /// <param name="other">Another; null for the key of one domain.</param>
    /// <param name="start">From when it is in effect.</param>
    /// <param name="end">Until when.</param>
    public PairKey Create(string one, string? other, DateTimeOffset start, DateTimeOffset end)
    {
        using var key = Secret.Random(KeyDerivation.KeyLength, tlcma.Party.Provider.Random);
        var isOrdered = other is null || string.CompareOrdinal(one, other) < 0;
        return new PairKey(
            tlcma.Keys.NewReference(),
            isOrdered ? one : other!,
            other is null ? null : tlcma.Keys.NewReference(),
            other is null ? null : isOrdered ? other : one,
            WholeSeconds.Cut(start),
            WholeSeconds.Cut(end),
            tlcma.Keys.Wrap(key));
    }

    /// <summary>Lists the keys of a pair that have not ended, the earliest start first.</summary>
    public async ValueTask<IReadOnlyList<PairKey>> ListAsync(string one, string? other, CancellationToken cancellationToken) =>
    [
        .. (await tlcma.Store.ListPairKeysAsync(one, cancellationToken).ConfigureAwait(false))
            .Where(key => key.NotAfter > tlcma.Now && (other is null ? key.Second is null : key.First == other || key.Second == other)),
    ];

    /// <summary>Writes a key for a CMA.</summary>
    /// <param name="key">The key.</param>
    /// <param name="recipient">The CMA.</param>
    /// <param name="other">The other one; null for the key of one domain.</param>
    /// <param name="encryption">The certificate that it is sealed to.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IKInfo> WriteAsync(PairKey key, StoredPeer recipient, StoredPeer? other, Certificate encryption, CancellationToken cancellationToken)
    {
        using var octets = tlcma.Keys.Unwrap(key.FirstReference, key.WrappedKey);
        var isFirst = key.First == recipient.CanonicalName;
        var references = isFirst ? (key.FirstReference, key.SecondReference) : (key.SecondReference!, key.FirstReference);
        DistinguishedName[] names = other is null
            ? [DistinguishedName.Decode(recipient.Name)]
            : [DistinguishedName.Decode(recipient.Name), DistinguishedName.Decode(other.Name)];
        return await InteroperabilityKeyEnvelope.SealAsync(
            octets, references, names, (key.NotBefore, key.NotAfter), encryption, tlcma.Party.Provider, cancellationToken).ConfigureAwait(false);
    }
}
