using CkiSdk.Asn1.Modules.CertificateExtensions;

namespace CkiSdk.Cli.Pki;

/// <summary>Is what an authority remembers of a revocation.</summary>
/// <param name="Serial">The serial number: its content octets in hexadecimal digits.</param>
/// <param name="Date">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="Issuer">The DER of the issuer's name in hexadecimal digits; null for the authority itself.</param>
internal sealed record AuthorityRevocation(string Serial, DateTimeOffset Date, CRLReason Reason, string? Issuer = null)
{
    /// <summary>Gets what tells the certificate from all others.</summary>
    public string Certificate => Issuer is null ? Serial : $"{Serial} {Issuer}";
}
