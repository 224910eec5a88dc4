using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Certificates;

/// <summary>Checks which extensions there are, their critical flags and the names inside (RFC 5280 §4.2.1; profile section 2).</summary>
internal static class ExtensionLint
{
    // Whether an extension must be critical or must not be.
    private static readonly Dictionary<ObjectIdentifier, bool> Criticality = new()
    {
        [CertificateExtensionsValues.IdCeNameConstraints] = true,
        [CertificateExtensionsValues.IdCePolicyConstraints] = true,
        [CertificateExtensionsValues.IdCeInhibitAnyPolicy] = true,
        [CertificateExtensionsValues.IdCeSubjectKeyIdentifier] = false,
        [CertificateExtensionsValues.IdCeAuthorityKeyIdentifier] = false,
        [CertificateExtensionsValues.IdCeSubjectAltName] = false, // the subject is never empty
        [CertificateExtensionsValues.IdCeIssuerAltName] = false,
        [CertificateExtensionsValues.IdCeSubjectDirectoryAttributes] = false,
        [CertificateExtensionsValues.IdCeFreshestCRL] = false,
        [CKIProfileValues.IdCkiPeDomain] = false,
    };

    /// <summary>Adds what is wrong.</summary>
    public static void Check(CertificateToBeSigned toBeSigned, CertificateContent content, List<LintFinding> findings)
    {
        foreach (var extension in toBeSigned.Extensions?.Value ?? default)
        {
            if (Criticality.TryGetValue(extension.ExtnId, out var critical) && critical != extension.Critical)
                findings.Add(new("RFC 5280 §4.2.1", $"extension {extension.ExtnId} has the wrong critical flag"));
        }

        CheckIdentifiers(content, findings);
        CheckAuthority(toBeSigned, content, findings);
        CheckAlternativeNames(content, findings);
    }

    private static void CheckIdentifiers(CertificateContent content, List<LintFinding> findings)
    {
        if (content.SubjectKeyIdentifier is not { Length: > 0 })
            findings.Add(new("RFC 5280 §4.2.1.2", "there is no subjectKeyIdentifier"));
        if (content.AuthorityKeyIdentifier is not { Length: > 0 })
            findings.Add(new("RFC 5280 §4.2.1.1", "there is no authorityKeyIdentifier with a keyIdentifier"));
    }

    private static void CheckAuthority(CertificateToBeSigned toBeSigned, CertificateContent content, List<LintFinding> findings)
    {
        var isAuthority = content.BasicConstraints is { CA: true };
        if (isAuthority && content.Find(CertificateExtensionsValues.IdCeBasicConstraints) is { Critical: false })
            findings.Add(new("RFC 5280 §4.2.1.9", "basicConstraints of an authority is not critical"));
        if (content.BasicConstraints is { CA: false, PathLenConstraint: not null })
            findings.Add(new("RFC 5280 §4.2.1.9", "there is a pathLenConstraint without authority"));
        if (!isAuthority && content.NameConstraints is not null)
            findings.Add(new("RFC 5280 §4.2.1.10", "there are name constraints without authority"));
        if (content.Domain is not { } domain)
            return;
        if (!isAuthority)
            findings.Add(new("profile section 2", "there is a domain without authority"));
        if (!IsDirectoryNamesOnly(domain))
            findings.Add(new("profile section 2", "the domain has other subtrees than those of directory names"));
        if (!DomainRule.From(domain).Admits(DistinguishedName.From(toBeSigned.Subject)))
            findings.Add(new("profile section 2", "the domain does not admit the CMA itself"));
    }

    private static bool IsDirectoryNamesOnly(NameConstraintsSyntax domain) =>
        (domain.PermittedSubtrees?.Value ?? default).Concat(domain.ExcludedSubtrees?.Value ?? default)
            .All(subtree => subtree is { Base: GeneralName.DirectoryName name, Maximum: null } && subtree.Minimum.Value == 0
                && DistinguishedName.From(name.Value).HasOnlyCurrentStrings);

    private static void CheckAlternativeNames(CertificateContent content, List<LintFinding> findings)
    {
        if (content.Find(CertificateExtensionsValues.IdCeSubjectAltName) is not { } extension)
            return;
        if (!Der.TryDecode<GeneralNames>(extension.ExtnValue.Memory, out var names))
        {
            findings.Add(new("RFC 5280 §4.2.1.6", "subjectAltName is malformed"));
            return;
        }

        foreach (var name in names)
        {
            var isCurrent = name switch
            {
                GeneralName.DirectoryName directory => DistinguishedName.From(directory.Value) is { Count: > 0, HasOnlyCurrentStrings: true },
                GeneralName.DNSName dns => dns.Value.Octets.Length > 0,
                GeneralName.Rfc822Name mail => mail.Value.Octets.Length > 0,
                GeneralName.UniformResourceIdentifier uri => uri.Value.Octets.Length > 0,
                GeneralName.IPAddress address => address.Value.Length is 4 or 16,
                _ => true,
            };
            if (!isCurrent)
                findings.Add(new("RFC 5280 §4.2.1.6", "a name of subjectAltName is empty, of a wrong length or of an obsolete type"));
        }
    }
}
