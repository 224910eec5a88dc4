using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Certificates;

/// <summary>Checks what RFC 5280 demands of new certificates, though old ones are let pass without it.</summary>
internal static class ExtensionLint
{
    /// <summary>Adds what is wrong.</summary>
    public static void Check(CertificateContent content, List<LintFinding> findings)
    {
        if (content.Find(CertificateExtensionsValues.IdCeNameConstraints) is { Critical: false })
            findings.Add(new("RFC 5280 §4.2.1.10", "the name constraints are not critical"));
        if (content.Find(CertificateExtensionsValues.IdCeIssuerAltName) is { Critical: true })
            findings.Add(new("RFC 5280 §4.2.1.7", "issuerAltName is critical"));
        CheckSubtrees(content.NameConstraints?.PermittedSubtrees, findings);
        CheckSubtrees(content.NameConstraints?.ExcludedSubtrees, findings);
        foreach (var name in content.SubjectAltName?.Value ?? default)
        {
            if (name is GeneralName.DirectoryName directory && !DistinguishedName.From(directory.Value).HasOnlyCurrentStrings)
                findings.Add(new("RFC 5280 §4.2.1.6", "a name of subjectAltName has a text of an obsolete type"));
        }
    }

    private static void CheckSubtrees(GeneralSubtrees? subtrees, List<LintFinding> findings)
    {
        if (SubtreeSet.TryMake(subtrees, out _) is { } fault)
            findings.Add(new("RFC 5280 §4.2.1.10", fault)); // whoever honours the constraints would refuse every path
    }
}
