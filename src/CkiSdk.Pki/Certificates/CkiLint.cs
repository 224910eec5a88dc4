using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.ANSIX942;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Certificates;

/// <summary>Checks what the profile of the CKI, section 2, demands beyond RFC 5280.</summary>
internal static class CkiLint
{
    private const string Clause = "profile section 2";

    /// <summary>Adds what is wrong.</summary>
    public static void Check(CertificateToBeSigned toBeSigned, CertificateContent content, DistinguishedName subject, List<LintFinding> findings)
    {
        if (subject.Count == 0)
            findings.Add(new(Clause, "the subject is empty"));
        if (content.SubjectKeyIdentifier is not { Length: > 0 })
            findings.Add(new(Clause, "there is no subjectKeyIdentifier"));
        if (content.AuthorityKeyIdentifier is not { Length: > 0 })
            findings.Add(new(Clause, "there is no authorityKeyIdentifier with a keyIdentifier"));
        if (content.Find(CertificateExtensionsValues.IdCeSubjectAltName) is { Critical: true } && subject.Count > 0)
            findings.Add(new(Clause, "subjectAltName is critical beside a subject"));
        CheckUsage(content, findings);
        CheckDomain(content, subject, findings);
        var key = toBeSigned.SubjectPublicKeyInfo.Algorithm;
        if (key.Algorithm == ANSIX942Values.Dhpublicnumber && !HasOnlyPgq(key))
            findings.Add(new(Clause, "a Diffie-Hellman key has other parameters than p, g and q"));
    }

    private static void CheckUsage(CertificateContent content, List<LintFinding> findings)
    {
        if (content.KeyUsage is not { } usage)
        {
            findings.Add(new(Clause, "there is no keyUsage"));
            return;
        }

        if (content.Find(CertificateExtensionsValues.IdCeKeyUsage) is { Critical: false })
            findings.Add(new(Clause, "keyUsage is not critical"));
        if (usage.Has(KeyUsage.EncipherOnly) && usage.Has(KeyUsage.DecipherOnly))
            findings.Add(new(Clause, "keyUsage has both encipherOnly and decipherOnly"));
        if (content.BasicConstraints is { CA: true } && (usage.Has(KeyUsage.KeyAgreement) || usage.Has(KeyUsage.KeyEncipherment)))
            findings.Add(new(Clause, "the key of an authority is for signing only"));
    }

    private static void CheckDomain(CertificateContent content, DistinguishedName subject, List<LintFinding> findings)
    {
        if (content.Find(CKIProfileValues.IdCkiPeDomain) is { Critical: true })
            findings.Add(new(Clause, "the domain is critical"));
        if (content.Domain is not { } domain)
            return;
        if (content.BasicConstraints is not { CA: true })
            findings.Add(new(Clause, "there is a domain without authority"));
        if (!IsDirectoryNamesOnly(domain))
            findings.Add(new(Clause, "the domain has other subtrees than those of directory names"));
        if (!DomainRule.From(domain).Admits(subject))
            findings.Add(new(Clause, "the domain does not admit the CMA itself"));
    }

    private static bool IsDirectoryNamesOnly(NameConstraintsSyntax domain) =>
        (domain.PermittedSubtrees?.Value ?? default).Concat(domain.ExcludedSubtrees?.Value ?? default)
            .All(subtree => subtree is { Base: GeneralName.DirectoryName name, Maximum: null } && subtree.Minimum.Value == 0
                && DistinguishedName.From(name.Value).HasOnlyCurrentStrings);

    private static bool HasOnlyPgq(AlgorithmIdentifier key) =>
        key.Parameters is { } parameters && Der.TryDecode<DomainParameters>(parameters.Encoded, out var domain) && domain is { J: null, ValidationParms: null };
}
