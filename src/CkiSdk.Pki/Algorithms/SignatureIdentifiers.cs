using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;
using CkiSdk.Asn1.Modules.PKIX1PSSOAEPAlgorithms;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Algorithms;

/// <summary>Maps signature algorithms to AlgorithmIdentifiers and back.</summary>
public static class SignatureIdentifiers
{
    // Exactly the parameters that each standard demands: NULL for RSA (RFC 4055 §5), none for ECDSA (RFC 5758 §3.2), Ed25519 (RFC 8410 §3) and DSA.
    private static readonly Dictionary<SignatureAlgorithm, AlgorithmIdentifier> Identifiers = new()
    {
        [SignatureAlgorithm.RsaPkcs1Sha256] = Rsa(PKCS1Values.Sha256WithRSAEncryption),
        [SignatureAlgorithm.RsaPkcs1Sha384] = Rsa(PKCS1Values.Sha384WithRSAEncryption),
        [SignatureAlgorithm.RsaPkcs1Sha512] = Rsa(PKCS1Values.Sha512WithRSAEncryption),
        [SignatureAlgorithm.RsaPkcs1Sha1] = Rsa(ObjectIdentifier.Parse("1.2.840.113549.1.1.5")), // RFC 3279 §2.2.1
        [SignatureAlgorithm.RsaPssSha256] = Pss(PKIX1PSSOAEPAlgorithmsValues.IdSha256, 32),
        [SignatureAlgorithm.RsaPssSha384] = Pss(PKIX1PSSOAEPAlgorithmsValues.IdSha384, 48),
        [SignatureAlgorithm.RsaPssSha512] = Pss(PKIX1PSSOAEPAlgorithmsValues.IdSha512, 64),
        [SignatureAlgorithm.EcdsaSha256] = Bare(PKIX1Algorithms2008Values.EcdsaWithSHA256),
        [SignatureAlgorithm.EcdsaSha384] = Bare(PKIX1Algorithms2008Values.EcdsaWithSHA384),
        [SignatureAlgorithm.EcdsaSha512] = Bare(PKIX1Algorithms2008Values.EcdsaWithSHA512),
        [SignatureAlgorithm.EcdsaSha1] = Bare(ObjectIdentifier.Parse("1.2.840.10045.4.1")), // RFC 3279 §2.2.3
        [SignatureAlgorithm.Ed25519] = Bare(ObjectIdentifier.Parse("1.3.101.112")), // RFC 8410 §3
        [SignatureAlgorithm.DsaSha256] = Bare(ObjectIdentifier.Parse("2.16.840.1.101.3.4.3.2")), // RFC 5758 §3.1
        [SignatureAlgorithm.DsaSha1] = Bare(ObjectIdentifier.Parse("1.2.840.10040.4.3")), // RFC 3279 §2.2.2
    };

    private static readonly Dictionary<AlgorithmIdentifier, SignatureAlgorithm> Algorithms = Identifiers.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>Gives the identifier of an algorithm.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>The identifier with exactly the parameters that its standard demands (RFC 4055 §3.1, §5; RFC 5758 §3.2; RFC 8410 §3).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such algorithm.</exception>
    public static AlgorithmIdentifier Of(SignatureAlgorithm algorithm) =>
        Identifiers.TryGetValue(algorithm, out var identifier) ? identifier : throw new ArgumentOutOfRangeException(nameof(algorithm));

    /// <summary>Finds the algorithm of an identifier; those that are verified by permission only are found, too.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns><see langword="false"/> if identifier and parameters are not exactly those of an algorithm of the profile.</returns>
    public static bool TryFind(AlgorithmIdentifier identifier, out SignatureAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return Algorithms.TryGetValue(identifier, out algorithm) || TryFindPss(identifier, out algorithm);
    }

    // The hash inside is read with NULL and without (RFC 4055 §2.1).
    private static bool TryFindPss(AlgorithmIdentifier identifier, out SignatureAlgorithm algorithm)
    {
        algorithm = default;
        if (identifier.Algorithm != PKIX1PSSOAEPAlgorithmsValues.IdRSASSAPSS
            || identifier.Parameters is not { } encoded
            || RsaPssParametersReader.Read(encoded.Encoded) is not { } parameters
            || parameters.Hash != parameters.MaskHash)
            return false;
        SignatureAlgorithm? found = (parameters.Hash, parameters.SaltLength) switch
        {
            (DigestAlgorithm.Sha256, 32) => SignatureAlgorithm.RsaPssSha256,
            (DigestAlgorithm.Sha384, 48) => SignatureAlgorithm.RsaPssSha384,
            (DigestAlgorithm.Sha512, 64) => SignatureAlgorithm.RsaPssSha512,
            _ => null,
        };
        algorithm = found.GetValueOrDefault();
        return found is not null;
    }

    private static AlgorithmIdentifier Bare(ObjectIdentifier algorithm) => new() { Algorithm = algorithm };

    private static AlgorithmIdentifier Rsa(ObjectIdentifier algorithm) => new() { Algorithm = algorithm, Parameters = AnyValue.Null };

    private static AlgorithmIdentifier Pss(ObjectIdentifier hash, int saltLength)
    {
        var identifier = Rsa(hash); // NULL inside, as RFC 4055 §2.1 demands of RSA parameters
        return new AlgorithmIdentifier
        {
            Algorithm = PKIX1PSSOAEPAlgorithmsValues.IdRSASSAPSS,
            Parameters = AnyValue.From(new RSASSAPSSParams
            {
                HashAlgorithm = identifier,
                MaskGenAlgorithm = new AlgorithmIdentifier { Algorithm = PKIX1PSSOAEPAlgorithmsValues.IdMgf1, Parameters = AnyValue.From(identifier) },
                SaltLength = saltLength,
            }),
        };
    }
}
