using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Pki.Paths;

/// <summary>Checks purpose, key usage and name of the certificate at the end of a path, and the purposes of those above it.</summary>
internal static class PurposeCheck
{
    /// <summary>Tells whether extKeyUsage admits a purpose. In an authority it binds what is below, as is the field's practice.</summary>
    public static bool Admits(Certificate certificate, KeyPurpose purpose) =>
        certificate.ExtendedKeyUsage is not { } stated
        || stated.Value.Any(candidate => candidate.Value == purpose.Id || candidate.Value == CertificateExtensionsValues.AnyExtendedKeyUsage);

    /// <summary>Checks the certificate at the end.</summary>
    public static void CheckEnd(Certificate certificate, PathOptions options, Action<ReasonCode, string, string> report)
    {
        if (options.Purpose is { } purpose)
            CheckPurpose(certificate, purpose, options.RequiresStatedPurpose, report);
        if (options.KeyUsage is { } wanted && certificate.KeyUsage is { } usage && !usage.Value.Contains(wanted.Value))
            report(ReasonCode.RefusedKeyUsage, Clauses.KeyUsage, "its key may not be used for what is asked");
        if (options.Name is { } name && !name.IsNamedBy(certificate))
            report(ReasonCode.NameMismatch, name.IsServer ? Clauses.HostName : Clauses.Mailbox, $"it does not name {name}");
    }

    private static void CheckPurpose(Certificate certificate, KeyPurpose purpose, bool mustBeStated, Action<ReasonCode, string, string> report)
    {
        if (!Admits(certificate, purpose))
            report(ReasonCode.RefusedPurpose, Clauses.Purpose, $"it is not made for {purpose}");
        else if (mustBeStated && certificate.ExtendedKeyUsage is null)
            report(ReasonCode.RefusedPurpose, Clauses.Purpose, $"it does not say that it is made for {purpose}");
        var isAdmitted = purpose.AnyOf.Value.Length == 0
            || certificate.IsAuthority // whose key usage speaks of its subject's work, not of this one
            || certificate.KeyUsage is not { } usage
            || Enumerable.Range(0, purpose.AnyOf.Value.Length).Any(bit => purpose.AnyOf.Value[bit] && usage.Value[bit]);
        if (!isAdmitted)
            report(ReasonCode.RefusedKeyUsage, Clauses.KeyUsage, $"its key may not be used for {purpose}");
    }
}
