using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.SelectedAttributeTypes;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using Rfc = CkiSdk.Pki.Paths.Clauses;

namespace CkiSdk.Pki.Paths;

/// <summary>Keeps the permitted and excluded subtrees of a path from the anchor downwards (RFC 5280 §6.1.1 (b)(c), §6.1.4 (g)).</summary>
/// <remarks>
/// The permitted subtrees of one certificate are one set; a name must lie in a subtree of each set that speaks of its form, which is
/// their intersection without computing it. The number of comparisons is bounded, because names times subtrees can be millions.
/// </remarks>
/// <param name="budget">How many comparisons may be made.</param>
internal sealed class NameConstraints(int budget)
{
    private readonly List<SubtreeSet> _permitted = [];
    private readonly List<SubtreeSet> _excluded = [];
    private int _comparisons;

    /// <summary>Adds the constraints of a certificate; returns why they are refused, or null.</summary>
    public string? Add(NameConstraintsSyntax constraints)
    {
        if (constraints is { PermittedSubtrees: null, ExcludedSubtrees: null })
            return "the name constraints are empty";
        if (SubtreeSet.TryMake(constraints.PermittedSubtrees, out var permitted) is { } fault)
            return fault;
        if (SubtreeSet.TryMake(constraints.ExcludedSubtrees, out var excluded) is { } other)
            return other;
        if (permitted is not null)
            _permitted.Add(permitted);
        if (excluded is not null)
            _excluded.Add(excluded);
        return null;
    }

    /// <summary>Checks all names of a certificate: its subject, its subjectAltName and, without that, the mailboxes in its subject.</summary>
    public void Check(Certificate certificate, Action<ReasonCode, string, string> report)
    {
        if (_permitted.Count == 0 && _excluded.Count == 0)
            return;
        if (certificate.Subject.Count > 0 && !Check(SubjectName.Of(certificate.Subject), report))
            return;
        if (certificate.SubjectAltName is { } names)
        {
            foreach (var name in names)
            {
                if (!Check(SubjectName.Of(name), report))
                    return;
            }

            return;
        }

        foreach (var mailbox in certificate.Subject.FindTexts(SelectedAttributeTypesValues.IdEmailAddress))
        {
            if (!Check(SubjectName.OfMailbox(mailbox), report))
                return;
        }
    }

    // Returns false when nothing more may be compared.
    private bool Check(SubjectName name, Action<ReasonCode, string, string> report)
    {
        foreach (var set in _excluded)
        {
            if (!Spend(set.CountOf(name.Form), report))
                return false;
            if (set.CountOf(name.Form) > 0 && set.Excludes(name))
                report(ReasonCode.NameExcluded, Rfc.NotExcluded, $"the name {name} lies in an excluded subtree, or nobody can tell");
        }

        foreach (var set in _permitted)
        {
            if (!Spend(set.CountOf(name.Form), report))
                return false;
            if (set.CountOf(name.Form) > 0 && !set.Permits(name))
                report(ReasonCode.NameNotPermitted, Rfc.Permitted, $"the name {name} lies in no permitted subtree");
        }

        return true;
    }

    private bool Spend(int comparisons, Action<ReasonCode, string, string> report)
    {
        _comparisons += comparisons;
        if (_comparisons <= budget)
            return true;
        report(ReasonCode.TooMuchWork, Rfc.Permitted, $"comparing the names with the subtrees takes more than {budget} comparisons");
        return false;
    }
}
