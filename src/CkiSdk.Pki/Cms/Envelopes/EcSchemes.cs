using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CMSECCAlgs200988;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Names the elliptic-curve key agreements and derives their keys (RFC 5753 §7).</summary>
internal static class EcSchemes
{
    private static readonly (ObjectIdentifier Oid, DigestAlgorithm Digest)[] Schemes =
    [
        (CMSECCAlgs200988Values.DhSinglePassStdDHSha1kdfScheme, DigestAlgorithm.Sha1),
        (CMSECCAlgs200988Values.DhSinglePassStdDHSha256kdfScheme, DigestAlgorithm.Sha256),
        (CMSECCAlgs200988Values.DhSinglePassStdDHSha384kdfScheme, DigestAlgorithm.Sha384),
        (CMSECCAlgs200988Values.DhSinglePassStdDHSha512kdfScheme, DigestAlgorithm.Sha512),

        // The curves have the cofactor 1, so that these agree on the same secret.
        (CMSECCAlgs200988Values.DhSinglePassCofactorDHSha1kdfScheme, DigestAlgorithm.Sha1),
        (CMSECCAlgs200988Values.DhSinglePassCofactorDHSha256kdfScheme, DigestAlgorithm.Sha256),
        (CMSECCAlgs200988Values.DhSinglePassCofactorDHSha384kdfScheme, DigestAlgorithm.Sha384),
        (CMSECCAlgs200988Values.DhSinglePassCofactorDHSha512kdfScheme, DigestAlgorithm.Sha512),
    ];

    /// <summary>Gives the agreement that suits a curve: the hash of its size, and AES-256 key wrap.</summary>
    /// <returns>Null if the key is on no curve that is known.</returns>
    public static AlgorithmIdentifier? For(AlgorithmIdentifier key)
    {
        if (key.Algorithm != PKIX1Algorithms2008Values.IdEcPublicKey
            || key.Parameters is not { } parameters
            || !Der.TryDecode<ECParameters>(parameters.Encoded, out var curve)
            || curve is not ECParameters.NamedCurve { Value: var name })
            return null;
        ObjectIdentifier? scheme = name == PKIX1Algorithms2008Values.Secp256r1 ? CMSECCAlgs200988Values.DhSinglePassStdDHSha256kdfScheme
            : name == PKIX1Algorithms2008Values.Secp384r1 ? CMSECCAlgs200988Values.DhSinglePassStdDHSha384kdfScheme
            : name == PKIX1Algorithms2008Values.Secp521r1 ? CMSECCAlgs200988Values.DhSinglePassStdDHSha512kdfScheme
            : null;
        return scheme is { } algorithm ? new AlgorithmIdentifier { Algorithm = algorithm, Parameters = AnyValue.From(AesWraps.Aes256) } : null;
    }

    /// <summary>Finds the hash function of an agreement's key derivation; null if it is not known.</summary>
    public static DigestAlgorithm? FindDigest(AlgorithmIdentifier agreement)
    {
        var found = Array.FindIndex(Schemes, scheme => scheme.Oid == agreement.Algorithm);
        return found < 0 ? null : Schemes[found].Digest;
    }

    /// <summary>Derives the wrapping key; the key wrap, its length and the user keying material are bound to it.</summary>
    public static Secret Derive(DigestAlgorithm digest, Secret shared, AlgorithmIdentifier wrap, OctetString? keyingMaterial)
    {
        var length = AesWraps.FindKeyLength(wrap)!.Value;
        var context = new ECCCMSSharedInfo { KeyInfo = wrap, EntityUInfo = keyingMaterial, SuppPubInfo = AesWraps.BitsOf(length) };
        return X963Kdf.Derive(digest, shared, context.Encode(), length);
    }
}
