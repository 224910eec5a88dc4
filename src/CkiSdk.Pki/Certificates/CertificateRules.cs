using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;
using Generated = CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Pki.Certificates;

/// <summary>Says what one certificate may be used for.</summary>
public static class CertificateRules
{
    // subjectAltName may be critical beside an empty subject; nothing in it restricts anything.
    private static readonly HashSet<ObjectIdentifier> Understood =
    [
        CertificateExtensionsValues.IdCeBasicConstraints,
        CertificateExtensionsValues.IdCeKeyUsage,
        CertificateExtensionsValues.IdCeExtKeyUsage,
        CertificateExtensionsValues.IdCeSubjectAltName,
    ];

    /// <summary>Tells whether a certificate is good for all of some purposes.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="purposes">The purposes.</param>
    /// <returns>Whether keyUsage and extKeyUsage allow each of them (RFC 5280 §4.2.1.3, §4.2.1.12).</returns>
    public static bool IsGoodFor(Certificate certificate, CertificatePurposes purposes)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        const CertificatePurposes Signing = CertificatePurposes.TlsClient | CertificatePurposes.TlsServer | CertificatePurposes.Bind | CertificatePurposes.Mail;
        return ((purposes & Signing) == CertificatePurposes.None || certificate.KeyUsage is null || certificate.KeyUsage.Value.Has(KeyUsage.DigitalSignature))
            && (!purposes.HasFlag(CertificatePurposes.KeyReceipt) || CanReceiveKeys(certificate))
            && Allows(certificate, purposes, CertificatePurposes.TlsClient, PKIX1Implicit88Values.IdKpClientAuth)
            && Allows(certificate, purposes, CertificatePurposes.TlsServer, PKIX1Implicit88Values.IdKpServerAuth)
            && Allows(certificate, purposes, CertificatePurposes.Mail, PKIX1Implicit88Values.IdKpEmailProtection);
    }

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
    /// <param name="authoritiesBelow">How many authorities that are not self-issued follow in the path.</param>
    /// <returns>Whether it may (RFC 5280 §6.1.4 k–n).</returns>
    public static bool MaySign(Certificate certificate, int authoritiesBelow = 0)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.IsAuthority
            && (certificate.KeyUsage is null || certificate.KeyUsage.Value.Has(KeyUsage.KeyCertSign))
            && (certificate.PathLengthConstraint is not { } limit || limit >= authoritiesBelow);
    }

    /// <summary>Finds why a certificate may not be used at all at a moment.</summary>
    internal static string? FindObjection(Certificate certificate, DateTimeOffset time)
    {
        if (!certificate.IsValidAt(time))
            return time < certificate.NotBefore ? "is not valid yet" : "has expired";
        if (certificate.KeyUsage is { } usage && usage.Has(KeyUsage.EncipherOnly) && usage.Has(KeyUsage.DecipherOnly))
            return "has a keyUsage with both encipherOnly and decipherOnly";
        if (certificate.NameConstraints is not null)
            return "has name constraints";
        foreach (var extension in certificate.Value.ToBeSigned.Extensions?.Value ?? default)
        {
            if (extension.Critical && !Understood.Contains(extension.ExtnId))
                return $"has the critical extension {extension.ExtnId}";
        }

        return null;
    }

    private static bool Allows(Certificate certificate, CertificatePurposes wanted, CertificatePurposes purpose, ObjectIdentifier usage) =>
        !wanted.HasFlag(purpose)
        || certificate.ExtendedKeyUsage is not { } allowed
        || allowed.Value.Any(candidate => candidate.Value == usage || candidate.Value == CertificateExtensionsValues.AnyExtendedKeyUsage);

    private static bool IsCurve(Generated.AlgorithmIdentifier key) =>
        key.Algorithm == PKIX1Algorithms2008Values.IdEcPublicKey
        && key.Parameters is { } parameters
        && Der.TryDecode<ECParameters>(parameters.Encoded, out var curve)
        && curve is ECParameters.NamedCurve named
        && (named.Value == PKIX1Algorithms2008Values.Secp256r1 || named.Value == PKIX1Algorithms2008Values.Secp384r1);
}
