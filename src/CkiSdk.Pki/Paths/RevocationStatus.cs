using CkiSdk.Pki.Crls;

namespace CkiSdk.Pki.Paths;

/// <summary>Is what is known about the revocation of one certificate (RFC 5280 §6.3.2).</summary>
internal sealed class RevocationStatus
{
    /// <summary>Gets or sets the reasons that lists covered (reasons_mask).</summary>
    public int Mask { get; set; }

    /// <summary>Gets or sets the entry that revokes it (cert_status).</summary>
    public RevokedCertificate? Entry { get; set; }

    /// <summary>Gets or sets why a list was not used.</summary>
    public string? Fault { get; set; }
}
