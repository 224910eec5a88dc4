using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Pki.Crls;

/// <summary>Checks what RFC 5280 §5 demands of every issuer of lists.</summary>
internal static class CrlRules
{
    /// <summary>Finds the first thing that is wrong; null if nothing is.</summary>
    public static string? FindFault(RevocationList list)
    {
        if (!list.IsVersion2)
            return "the revocation list is not of version 2 (RFC 5280 §5.1.2.1)";
        if (list.Content.Find(CertificateExtensionsValues.IdCeCRLNumber) is not { } number)
            return "the revocation list has no number (RFC 5280 §5.2.3)";
        if (number.Critical)
            return "the number of the revocation list is critical (RFC 5280 §5.2.3)";
        if (list.Content.Find(CertificateExtensionsValues.IdCeDeltaCRLIndicator) is { Critical: false })
            return "the delta indicator of the revocation list is not critical (RFC 5280 §5.2.4)";
        if (list.Content.Find(CertificateExtensionsValues.IdCeIssuingDistributionPoint) is { Critical: false })
            return "the distribution point of the revocation list is not critical (RFC 5280 §5.2.5)";
        if (list.Content.Find(CertificateExtensionsValues.IdCeAuthorityKeyIdentifier) is { Critical: true })
            return "the authorityKeyIdentifier of the revocation list is critical (RFC 5280 §5.2.1)";
        var findings = new List<LintFinding>();
        ValidityRules.Check(list.ThisUpdate, findings);
        if (list.NextUpdate is not null)
            ValidityRules.Check(list.NextUpdate, findings);
        return findings.Count == 0 ? null : $"a time of the revocation list is wrong: {findings[0]}";
    }
}
