using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Web.State;

/// <summary>Is a certificate that was looked for.</summary>
/// <param name="Issued">The certificate as it is stored.</param>
/// <param name="Revoked">Its revocation; null where it is not revoked.</param>
internal sealed record FoundCertificate(IssuedCertificate Issued, RevokedCertificate? Revoked)
{
    /// <summary>Gets the certificate itself.</summary>
    public Certificate Certificate { get; } = Certificate.Decode(Issued.Encoded);

    /// <summary>Gets its serial number in hexadecimal.</summary>
    public string Serial => Convert.ToHexStringLower(Issued.Serial.Span);

    /// <summary>Tells how it stands, in words.</summary>
    /// <param name="now">The moment.</param>
    public string StandingAt(DateTimeOffset now) => Revoked is { } revoked ? FormattableString.Invariant($"revoked {revoked.RevokedAt:yyyy-MM-dd}")
        : Certificate.NotAfter < now ? "ended"
        : Certificate.NotBefore > now ? "begins later"
        : "valid";
}
