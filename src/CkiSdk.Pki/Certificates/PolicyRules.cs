using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;

namespace CkiSdk.Pki.Certificates;

/// <summary>Checks the extensions about policies (RFC 5280 §4.2.1.4, §4.2.1.5, §4.2.1.11, §4.2.1.14).</summary>
internal static class PolicyRules
{
    /// <summary>Adds what is wrong.</summary>
    public static void Check(CertificateContent content, List<LintFinding> findings)
    {
        if (content.Policies is { } policies && policies.Value.Select(policy => policy.PolicyIdentifier).Distinct().Count() != policies.Count)
            findings.Add(new("RFC 5280 §4.2.1.4", "a policy stands twice"));
        if (content.PolicyMappings is { } mappings && mappings.Value.Any(mapping => IsAny(mapping.IssuerDomainPolicy) || IsAny(mapping.SubjectDomainPolicy)))
            findings.Add(new("RFC 5280 §4.2.1.5", "a policy mapping maps from or to anyPolicy"));
        if (content.PolicyConstraints is { RequireExplicitPolicy: null, InhibitPolicyMapping: null })
            findings.Add(new("RFC 5280 §4.2.1.11", "the policy constraints are empty"));
        RequireCritical(content, CertificateExtensionsValues.IdCePolicyConstraints, "RFC 5280 §4.2.1.11", "the policy constraints are not critical", findings);
        RequireCritical(content, CertificateExtensionsValues.IdCeInhibitAnyPolicy, "RFC 5280 §4.2.1.14", "inhibitAnyPolicy is not critical", findings);
        if (content.BasicConstraints is { CA: true })
            return;
        if (content.PolicyMappings is not null)
            findings.Add(new("RFC 5280 §4.2.1.5", "there are policy mappings without authority"));
        if (content.PolicyConstraints is not null)
            findings.Add(new("RFC 5280 §4.2.1.11", "there are policy constraints without authority"));
    }

    private static bool IsAny(CertPolicyId policy) => policy.Value == CertificateExtensionsValues.AnyPolicy;

    private static void RequireCritical(CertificateContent content, ObjectIdentifier extnId, string clause, string message, List<LintFinding> findings)
    {
        if (content.Find(extnId) is { Critical: false })
            findings.Add(new(clause, message));
    }
}
