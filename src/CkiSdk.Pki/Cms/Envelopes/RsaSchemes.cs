using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKIX1PSSOAEPAlgorithms;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Maps the ways in which RSA encrypts to AlgorithmIdentifiers and back (RFC 4055 §4, RFC 3370 §4.2.1).</summary>
internal static class RsaSchemes
{
    private static readonly (DigestAlgorithm Algorithm, ObjectIdentifier Oid)[] Hashes =
    [
        (DigestAlgorithm.Sha1, PKIX1PSSOAEPAlgorithmsValues.IdSha1),
        (DigestAlgorithm.Sha256, PKIX1PSSOAEPAlgorithmsValues.IdSha256),
        (DigestAlgorithm.Sha384, PKIX1PSSOAEPAlgorithmsValues.IdSha384),
        (DigestAlgorithm.Sha512, PKIX1PSSOAEPAlgorithmsValues.IdSha512),
    ];

    /// <summary>Gives the identifier of a scheme.</summary>
    public static AlgorithmIdentifier IdentifierOf(RsaEncryptionScheme scheme)
    {
        if (!scheme.Label.IsEmpty)
            throw new ArgumentException("A message has no OAEP label.", nameof(scheme)); // RFC 4055 4.1: nobody else reads one
        if (scheme.IsPkcs1)
            return new AlgorithmIdentifier { Algorithm = PKCS1Values.RsaEncryption, Parameters = AnyValue.Null };
        return new AlgorithmIdentifier
        {
            Algorithm = PKIX1PSSOAEPAlgorithmsValues.IdRSAESOAEP,
            Parameters = AnyValue.From(new RSAESOAEPParams
            {
                HashFunc = HashOf(scheme.Hash),
                MaskGenFunc = new AlgorithmIdentifier { Algorithm = PKIX1PSSOAEPAlgorithmsValues.IdMgf1, Parameters = AnyValue.From(HashOf(scheme.MaskHash)) },
            }),
        };
    }

    /// <summary>Finds the scheme of an identifier; null if it is none that is known.</summary>
    public static RsaEncryptionScheme? Find(AlgorithmIdentifier identifier)
    {
        if (identifier.Algorithm == PKCS1Values.RsaEncryption)
            return identifier.Parameters is null || identifier.Parameters == AnyValue.Null ? RsaEncryptionScheme.Pkcs1 : null;
        if (identifier.Algorithm != PKIX1PSSOAEPAlgorithmsValues.IdRSAESOAEP
            || identifier.Parameters is not { } encoded
            || !Der.TryDecode<RSAESOAEPParams>(encoded.Encoded, out var parameters)
            || parameters.PSourceFunc is not null)
            return null;
        var hash = FindHash(parameters.HashFunc);
        var mask = parameters.MaskGenFunc is { } generator ? FindMask(generator) : DigestAlgorithm.Sha1;
        return hash is null || mask is null ? null : RsaEncryptionScheme.Oaep(hash.Value, mask);
    }

    private static DigestAlgorithm? FindMask(AlgorithmIdentifier generator) =>
        generator.Algorithm == PKIX1PSSOAEPAlgorithmsValues.IdMgf1
        && generator.Parameters is { } encoded
        && Der.TryDecode<AlgorithmIdentifier>(encoded.Encoded, out var hash)
            ? FindHash(hash)
            : null;

    // RFC 4055 4.1: an absent hash is SHA-1; one that is stated may have NULL or not.
    private static DigestAlgorithm? FindHash(AlgorithmIdentifier? identifier)
    {
        if (identifier is null)
            return DigestAlgorithm.Sha1;
        if (identifier.Parameters is { } parameters && parameters != AnyValue.Null)
            return null;
        var found = Array.FindIndex(Hashes, hash => hash.Oid == identifier.Algorithm);
        return found < 0 ? null : Hashes[found].Algorithm;
    }

    private static AlgorithmIdentifier HashOf(DigestAlgorithm algorithm) =>
        new() { Algorithm = Array.Find(Hashes, hash => hash.Algorithm == algorithm).Oid, Parameters = AnyValue.Null };
}
