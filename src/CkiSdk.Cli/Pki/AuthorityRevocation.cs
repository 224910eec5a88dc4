using CkiSdk.Asn1.Modules.CertificateExtensions;

namespace CkiSdk.Cli.Pki;

/// <summary>Is what an authority remembers of a revocation.</summary>
/// <param name="Serial">The serial number: its content octets in hexadecimal digits.</param>
/// <param name="Date">When.</param>
/// <param name="Reason">Why.</param>
internal sealed record AuthorityRevocation(string Serial, DateTimeOffset Date, CRLReason Reason);
