using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Crls;

/// <summary>Is one entry of a revocation list (RFC 5280 §5.3).</summary>
public sealed record RevokedCertificate
{
    /// <summary>Gets the serial number of the certificate.</summary>
    public required Integer SerialNumber { get; init; }

    /// <summary>Gets when it was revoked; fractions of a second are cut.</summary>
    public required DateTimeOffset RevocationDate { get; init; }

    /// <summary>Gets why, or <see langword="null"/> if nothing is said (RFC 5280 §5.3.1); unspecified is not written.</summary>
    public CRLReason? Reason { get; init; }

    /// <summary>Gets since when the key is not to be relied on, or <see langword="null"/> if nothing is said (RFC 5280 §5.3.2).</summary>
    public DateTimeOffset? InvalidityDate { get; init; }

    /// <summary>Gets the issuer of the certificate where it is not that of the list (RFC 5280 §5.3.3).</summary>
    public DistinguishedName? CertificateIssuer { get; init; }

    /// <summary>Gets extensions besides these.</summary>
    public IReadOnlyList<Extension> OtherExtensions { get; init; } = [];
}
