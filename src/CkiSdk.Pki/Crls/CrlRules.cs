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
        if (list.HasRepeatedEntries)
            return "the revocation list names a certificate twice";
        var findings = new List<LintFinding>();
        ValidityRules.Check(list.ThisUpdate, findings);
        if (list.NextUpdate is not null)
            ValidityRules.Check(list.NextUpdate, findings);
        return findings.Count == 0 ? null : $"a time of the revocation list is wrong: {findings[0]}";
    }

    /// <summary>Finds the first thing that the web PKI forbids in lists about TLS servers (BR §7.2.2.1); null if there is none.</summary>
    public static string? FindWebPkiFault(RevocationList list) => list.DistributionPoint switch
    {
        { IndirectCRL: true } => "the revocation list is indirect (BR §7.2.2.1)",
        { DistributionPoint: { } name } when !DistributionPoints.AreLocations(name) => "the distribution point of the revocation list is no location (BR §7.2.2.1)",
        _ => null,
    };
}
