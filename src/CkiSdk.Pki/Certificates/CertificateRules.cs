using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;
using Generated = CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Pki.Certificates;

/// <summary>Says what one certificate may be used for.</summary>
public static class CertificateRules
{
    /// <summary>Tells whether protected keys may be sent to a certificate: RSA for keyEncipherment, or a curve of the profile for keyAgreement (profile section 3).</summary>
    /// <param name="certificate">The certificate.</param>
    /// <returns>Whether they may; keyUsage must say so.</returns>
    public static bool CanReceiveKeys(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (certificate.KeyUsage is not { } usage)
            return false;
        var key = certificate.Value.ToBeSigned.SubjectPublicKeyInfo.Algorithm;
        if (key.Algorithm == PKCS1Values.RsaEncryption)
            return usage.Has(KeyUsage.KeyEncipherment);
        return IsCurve(key) && usage.Has(KeyUsage.KeyAgreement) && !usage.Has(KeyUsage.EncipherOnly) && !usage.Has(KeyUsage.DecipherOnly);
    }

    /// <summary>Tells whether a certificate's key may sign certificates.</summary>
    /// <param name="certificate">The certificate of an authority.</param>
    /// <returns>Whether it may (RFC 5280 §6.1.4 k, n).</returns>
    public static bool MaySign(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.IsAuthority && (certificate.KeyUsage is not { } usage || usage.Has(KeyUsage.KeyCertSign));
    }

    private static bool IsCurve(Generated.AlgorithmIdentifier key) =>
        key.Algorithm == PKIX1Algorithms2008Values.IdEcPublicKey
        && key.Parameters is { } parameters
        && Der.TryDecode<ECParameters>(parameters.Encoded, out var curve)
        && curve is ECParameters.NamedCurve named
        && (named.Value == PKIX1Algorithms2008Values.Secp256r1 || named.Value == PKIX1Algorithms2008Values.Secp384r1);
}
