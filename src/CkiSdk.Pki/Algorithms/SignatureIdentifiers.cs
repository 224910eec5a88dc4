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
    private const int SaltLength = 32; // that of the hash

    private static readonly AlgorithmIdentifier RsaPkcs1 = new() { Algorithm = PKCS1Values.Sha256WithRSAEncryption, Parameters = AnyValue.Null };
    private static readonly AlgorithmIdentifier EcdsaP256 = new() { Algorithm = PKIX1Algorithms2008Values.EcdsaWithSHA256 };
    private static readonly AlgorithmIdentifier EcdsaP384 = new() { Algorithm = PKIX1Algorithms2008Values.EcdsaWithSHA384 };
    private static readonly AlgorithmIdentifier RsaPss = MakePss(DigestIdentifiers.Sha256);
    private static readonly AlgorithmIdentifier RsaPssWithoutNull = MakePss(DigestIdentifiers.Sha256 with { Parameters = null });

    /// <summary>Gives the identifier of an algorithm.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>The identifier with exactly the parameters that its standard demands (RFC 4055 §3.1, §5; RFC 5758 §3.2).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such algorithm.</exception>
    public static AlgorithmIdentifier Of(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RsaPkcs1Sha256 => RsaPkcs1,
        SignatureAlgorithm.RsaPssSha256 => RsaPss,
        SignatureAlgorithm.EcdsaP256Sha256 => EcdsaP256,
        SignatureAlgorithm.EcdsaP384Sha384 => EcdsaP384,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Finds the algorithm of an identifier.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns><see langword="false"/> if identifier and parameters are not exactly those of an algorithm of the profile.</returns>
    public static bool TryFind(AlgorithmIdentifier identifier, out SignatureAlgorithm algorithm)
    {
        foreach (var candidate in Enum.GetValues<SignatureAlgorithm>())
        {
            algorithm = candidate;
            if (identifier == Of(candidate))
                return true;
        }

        algorithm = SignatureAlgorithm.RsaPssSha256; // RFC 4055 2.1: the hash inside is read with NULL and without
        return identifier == RsaPssWithoutNull;
    }

    private static AlgorithmIdentifier MakePss(AlgorithmIdentifier hash) => new()
    {
        Algorithm = PKIX1PSSOAEPAlgorithmsValues.IdRSASSAPSS,
        Parameters = AnyValue.From(new RSASSAPSSParams
        {
            HashAlgorithm = hash,
            MaskGenAlgorithm = new AlgorithmIdentifier { Algorithm = PKIX1PSSOAEPAlgorithmsValues.IdMgf1, Parameters = AnyValue.From(hash) },
            SaltLength = SaltLength,
        }),
    };
}
