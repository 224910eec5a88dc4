using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;
using CkiSdk.Pki.Names;
using Generated = CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Pki.Certificates;

/// <summary>Checks what RFC 5280 §4 demands of every issuer: what is signed must keep it, and so must a path for TLS.</summary>
internal static class ConformanceRules
{
    // Extensions that must not be critical, whatever is in them.
    private static readonly Dictionary<ObjectIdentifier, string> NeverCritical = new()
    {
        [CertificateExtensionsValues.IdCeAuthorityKeyIdentifier] = "RFC 5280 §4.2.1.1",
        [CertificateExtensionsValues.IdCeSubjectKeyIdentifier] = "RFC 5280 §4.2.1.2",
        [CertificateExtensionsValues.IdCeSubjectDirectoryAttributes] = "RFC 5280 §4.2.1.8",
        [CertificateExtensionsValues.IdCeFreshestCRL] = "RFC 5280 §4.2.1.15",
        [PKIX1Implicit88Values.IdPeAuthorityInfoAccess] = "RFC 5280 §4.2.2.1",
        [PKIX1Implicit88Values.IdPeSubjectInfoAccess] = "RFC 5280 §4.2.2.2",
    };

    /// <summary>Adds what is wrong; a self-signed certificate is one whose signature its own key verifies.</summary>
    public static void Check(CertificateToBeSigned toBeSigned, CertificateContent content, DistinguishedName issuer, DistinguishedName subject, bool isSelfSigned, List<LintFinding> findings)
    {
        CheckFields(toBeSigned, isSelfSigned, findings);
        CheckNames(content, issuer, subject, findings);
        CheckIdentifiers(content, isSelfSigned, findings);
        CheckAuthority(content, isSelfSigned, findings);
        PolicyRules.Check(content, findings);
        foreach (var extension in content.All)
        {
            if (extension.Critical && NeverCritical.TryGetValue(extension.ExtnId, out var clause))
                findings.Add(new(clause, $"extension {extension.ExtnId} is critical"));
        }
    }

    private static void CheckFields(CertificateToBeSigned toBeSigned, bool isSelfSigned, List<LintFinding> findings)
    {
        if (toBeSigned.Version != Generated.Version.V3 && toBeSigned.Extensions is not null)
            findings.Add(new("RFC 5280 §4.1.2.1", "there are extensions, but the version is not v3"));
        var serial = toBeSigned.SerialNumber.Value;
        if (!isSelfSigned && serial <= 0) // some roots of public trust have the number 0
            findings.Add(new("RFC 5280 §4.1.2.2", "the serial number is not positive"));
        if (serial.Octets.Length > SerialNumbers.MaxLength)
            findings.Add(new("RFC 5280 §4.1.2.2", "the serial number has more than 20 octets"));
        if (toBeSigned.IssuerUniqueIdentifier is not null || toBeSigned.SubjectUniqueIdentifier is not null)
            findings.Add(new("RFC 5280 §4.1.2.8", "there is a unique identifier"));
        if (toBeSigned.Extensions is { Count: 0 })
            findings.Add(new("RFC 5280 §4.1.2.9", "the list of extensions is empty"));
        ValidityRules.Check(toBeSigned.Validity, findings);
    }

    private static void CheckNames(CertificateContent content, DistinguishedName issuer, DistinguishedName subject, List<LintFinding> findings)
    {
        if (issuer.Count == 0)
            findings.Add(new("RFC 5280 §4.1.2.4", "the issuer is empty"));
        var names = content.Find(CertificateExtensionsValues.IdCeSubjectAltName);
        if (subject.Count == 0 && content.BasicConstraints is { CA: true })
            findings.Add(new("RFC 5280 §4.1.2.6", "the subject of an authority is empty"));
        if (subject.Count == 0 && names is not { Critical: true })
            findings.Add(new("RFC 5280 §4.1.2.6", "the subject is empty, and there is no critical subjectAltName"));
        AlternativeNameRules.Check(content, findings);
    }

    private static void CheckIdentifiers(CertificateContent content, bool isSelfSigned, List<LintFinding> findings)
    {
        if (content.AuthorityKeyIdentifier is not { Length: > 0 } && !(isSelfSigned && content.AuthorityKey is null))
            findings.Add(new("RFC 5280 §4.2.1.1", "there is no authorityKeyIdentifier with a keyIdentifier"));
        if (content.BasicConstraints is { CA: true } && content.SubjectKeyIdentifier is not { Length: > 0 })
            findings.Add(new("RFC 5280 §4.2.1.2", "an authority has no subjectKeyIdentifier"));
    }

    private static void CheckAuthority(CertificateContent content, bool isSelfSigned, List<LintFinding> findings)
    {
        var isAuthority = content.BasicConstraints is { CA: true };
        if (isAuthority && content.Find(CertificateExtensionsValues.IdCeBasicConstraints) is { Critical: false })
            findings.Add(new("RFC 5280 §4.2.1.9", "basicConstraints of an authority is not critical"));
        if (content.BasicConstraints is { CA: false, PathLenConstraint: not null })
            findings.Add(new("RFC 5280 §4.2.1.9", "there is a pathLenConstraint without authority"));
        if (!isAuthority && content.NameConstraints is not null)
            findings.Add(new("RFC 5280 §4.2.1.10", "there are name constraints without authority"));
        if (content.NameConstraints is { PermittedSubtrees: null, ExcludedSubtrees: null })
            findings.Add(new("RFC 5280 §4.2.1.10", "the name constraints are empty"));
        if (isAuthority && !isSelfSigned && content.KeyUsage is null) // old roots have none
            findings.Add(new("RFC 5280 §4.2.1.3", "an authority has no keyUsage"));
        if (content.KeyUsage is { } usage && usage.Value.Length == 0)
            findings.Add(new("RFC 5280 §4.2.1.3", "keyUsage names no use"));
        if (!isAuthority && content.KeyUsage is { } signs && signs.Has(KeyUsage.KeyCertSign))
            findings.Add(new("RFC 5280 §4.2.1.9", "keyUsage has keyCertSign without authority"));
        if (content.BasicConstraints is { CA: true, PathLenConstraint: not null } && content.KeyUsage is { } limited && !limited.Has(KeyUsage.KeyCertSign))
            findings.Add(new("RFC 5280 §4.2.1.9", "there is a pathLenConstraint without keyCertSign"));
    }
}
