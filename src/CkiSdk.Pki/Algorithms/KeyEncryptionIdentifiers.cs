using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIAlgorithms;
using CkiSdk.Asn1.Modules.CMSECCAlgs200988;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;
using CkiSdk.Asn1.Modules.PKIX1PSSOAEPAlgorithms;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Algorithms;

/// <summary>Names the algorithms that encrypt keys to recipients (profile section 3).</summary>
internal static class KeyEncryptionIdentifiers
{
    private static readonly AlgorithmIdentifier OaepWithoutNull = MakeOaep(DigestIdentifiers.Sha256 with { Parameters = null });

    /// <summary>Gets RSA-OAEP with SHA-256, MGF1-SHA-256 and the empty label, which is the default and so is left out (RFC 4055 §4.1).</summary>
    public static AlgorithmIdentifier Oaep { get; } = MakeOaep(DigestIdentifiers.Sha256);

    /// <summary>Gets AES-256 key wrap, without parameters (RFC 3565 §2.3.2).</summary>
    public static AlgorithmIdentifier Wrap { get; } = new() { Algorithm = CKIAlgorithmsValues.IdAes256Wrap };

    /// <summary>Tells whether an identifier is RSA-OAEP as above; the hash inside is read with NULL and without (RFC 4055 §2.1).</summary>
    public static bool IsOaep(AlgorithmIdentifier identifier) => identifier == Oaep || identifier == OaepWithoutNull;

    /// <summary>Finds the ephemeral-static scheme for a recipient's key (RFC 5753 §3.1, §7.1.4).</summary>
    /// <param name="key">The algorithm of his public key.</param>
    /// <param name="digest">The hash function of the key derivation.</param>
    /// <returns>The scheme, or <see langword="null"/> if the key is on no curve of the profile.</returns>
    public static AlgorithmIdentifier? AgreementFor(AlgorithmIdentifier key, out DigestAlgorithm digest)
    {
        digest = default;
        if (key.Algorithm != PKIX1Algorithms2008Values.IdEcPublicKey
            || key.Parameters is not { } parameters
            || !Der.TryDecode<ECParameters>(parameters.Encoded, out var curve)
            || curve is not ECParameters.NamedCurve { Value: var name })
            return null;
        if (name == PKIX1Algorithms2008Values.Secp256r1)
            return Agreement(CMSECCAlgs200988Values.DhSinglePassStdDHSha256kdfScheme);
        digest = DigestAlgorithm.Sha384;
        return name == PKIX1Algorithms2008Values.Secp384r1 ? Agreement(CMSECCAlgs200988Values.DhSinglePassStdDHSha384kdfScheme) : null;
    }

    private static AlgorithmIdentifier Agreement(ObjectIdentifier scheme) => new() { Algorithm = scheme, Parameters = AnyValue.From(Wrap) };

    private static AlgorithmIdentifier MakeOaep(AlgorithmIdentifier hash) => new()
    {
        Algorithm = PKIX1PSSOAEPAlgorithmsValues.IdRSAESOAEP,
        Parameters = AnyValue.From(new RSAESOAEPParams
        {
            HashFunc = hash,
            MaskGenFunc = new AlgorithmIdentifier { Algorithm = PKIX1PSSOAEPAlgorithmsValues.IdMgf1, Parameters = AnyValue.From(hash) },
        }),
    };
}
