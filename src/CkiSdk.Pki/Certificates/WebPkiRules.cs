using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Certificates;

/// <summary>Checks what the web PKI demands of TLS servers beyond RFC 5280: the CA/Browser Forum's Baseline Requirements (BR).</summary>
internal static class WebPkiRules
{
    /// <summary>Adds what is wrong with any certificate of a path.</summary>
    public static void Check(CertificateToBeSigned toBeSigned, CertificateContent content, bool isRoot, List<LintFinding> findings)
    {
        CheckKey(toBeSigned.SubjectPublicKeyInfo, findings);
        if (content.CrlDistributionPoints is { } points && points.Value.Any(point => point is { DistributionPoint_: { } name } && !DistributionPoints.AreLocations(name)))
            findings.Add(new("BR §7.1.2.11.2", "a distribution point of revocation lists is no location"));
        if (isRoot)
            CheckRoot(content, findings);
    }

    /// <summary>Adds what is wrong with the certificate of a server: one that says so. RFC 5280 §4.2.1.9 allows any other, even an authority's, at the end of a path.</summary>
    public static void CheckServer(CertificateContent content, DistinguishedName subject, List<LintFinding> findings)
    {
        if (content.ExtendedKeyUsage is not { } purposes || !purposes.Value.Any(purpose => IsServer(purpose) || IsAny(purpose)))
            return;
        if (content.BasicConstraints is { CA: true })
            findings.Add(new("BR §7.1.2.7.8", "the certificate of a server is that of an authority"));
        if (purposes.Value.Any(IsAny))
            findings.Add(new("BR §7.1.2.7.10", "extKeyUsage has anyExtendedKeyUsage"));
        if (content.Find(CertificateExtensionsValues.IdCeExtKeyUsage) is { Critical: true })
            findings.Add(new("BR §7.1.2.7.6", "extKeyUsage is critical"));
        if (subject.Count > 0 && content.Find(CertificateExtensionsValues.IdCeSubjectAltName) is { Critical: true })
            findings.Add(new("BR §7.1.2.7.12", "subjectAltName is critical beside a subject"));
        SubjectHostRules.Check(content, subject, findings);
    }

    /// <summary>Adds that the certificate of a server has no names, with which nobody could reach it; a path is not refused for that, because it is held against a name of its own.</summary>
    public static void CheckNamed(CertificateContent content, List<LintFinding> findings)
    {
        if (content.ExtendedKeyUsage is { } purposes && purposes.Value.Any(IsServer) && content.Find(CertificateExtensionsValues.IdCeSubjectAltName) is null)
            findings.Add(new("BR §7.1.2.7.12", "the certificate of a server has no subjectAltName"));
    }

    private static void CheckKey(SubjectPublicKeyInfo key, List<LintFinding> findings)
    {
        if (key.Algorithm.Algorithm == PKCS1Values.RsaEncryption
            && RSAPublicKey.TryDecode(key.SubjectPublicKey.Octets, out var rsa)
            && !rsa.Modulus.IsNegative
            && rsa.Modulus.ToUnsigned()[0] < 0x80)
            findings.Add(new("BR §6.1.5", "the length of the RSA modulus is no multiple of 8 bits"));
    }

    private static void CheckRoot(CertificateContent content, List<LintFinding> findings)
    {
        if (content.ExtendedKeyUsage is not null)
            findings.Add(new("BR §7.1.2.1.2", "a root has extKeyUsage"));
        if (content.AuthorityKey is not { } key)
            return;
        if (key.AuthorityCertIssuer is not null || key.AuthorityCertSerialNumber is not null)
            findings.Add(new("BR §7.1.2.1.3", "the authorityKeyIdentifier of a root names issuer or serial number"));
        if (key.KeyIdentifier is not { } identifier || content.SubjectKeyIdentifier is not { } own || identifier.Value != own)
            findings.Add(new("BR §7.1.2.1.3", "the authorityKeyIdentifier of a root is not its subjectKeyIdentifier"));
    }

    private static bool IsServer(KeyPurposeId purpose) => purpose.Value == PKIX1Implicit88Values.IdKpServerAuth;

    private static bool IsAny(KeyPurposeId purpose) => purpose.Value == CertificateExtensionsValues.AnyExtendedKeyUsage;
}
