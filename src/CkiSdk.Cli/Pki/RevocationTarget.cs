using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Cli.Pki;

/// <summary>Is a certificate that an authority revokes.</summary>
/// <param name="Serial">The serial number: its content octets in hexadecimal digits.</param>
/// <param name="Issuer">The DER of the issuer's name in hexadecimal digits; null for the authority itself.</param>
internal sealed record RevocationTarget(string Serial, string? Issuer)
{
    private const LegacyAlgorithms Everything = LegacyAlgorithms.Sha1 | LegacyAlgorithms.Dsa | LegacyAlgorithms.SmallExponents;

    /// <summary>Finds what the command line names. A certificate that the authority issued before its folder was made is known by its signature.</summary>
    /// <param name="folder">The authority.</param>
    /// <param name="what">A file with the certificate, or a serial number.</param>
    /// <param name="isIndirect">Whether certificates of others may be named, too.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CommandException">The authority issued no such certificate.</exception>
    public static async Task<RevocationTarget> FindAsync(AuthorityFolder folder, string what, bool isIndirect, CancellationToken cancellationToken)
    {
        var serial = what.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        if (!File.Exists(what))
        {
            return folder.Journal.Has(serial) ? new RevocationTarget(serial, null) : throw NotOurs(what);
        }

        var certificate = await PkiInputs.CertificateAsync(what, cancellationToken).ConfigureAwait(false);
        if (isIndirect && !certificate.Issuer.Equals(folder.Certificate.Subject))
        {
            return new RevocationTarget(AuthorityFolder.SerialOf(certificate), Convert.ToHexStringLower(certificate.Issuer.Encoded.Span));
        }

        var validator = new PathValidator([new TrustAnchor(folder.Certificate)], CryptoProviders.Software);
        var isOurs = certificate.Issuer.Equals(folder.Certificate.Subject) && validator.VerifySignatures(certificate, [], Everything).IsValid;
        return isOurs ? new RevocationTarget(AuthorityFolder.SerialOf(certificate), null) : throw NotOurs(what);
    }

    /// <summary>Gives the entries of a list: those of other issuers only where it is indirect, and together by issuer, because each is written once.</summary>
    /// <param name="revocations">What the authority remembers.</param>
    /// <param name="isIndirect">Whether the list is indirect.</param>
    public static List<RevokedCertificate> Entries(IEnumerable<AuthorityRevocation> revocations, bool isIndirect) =>
        [.. revocations.Where(revocation => isIndirect || revocation.Issuer is null).OrderBy(revocation => revocation.Issuer, StringComparer.Ordinal).Select(Entry)];

    /// <summary>Says when and why it is revoked.</summary>
    /// <param name="date">When.</param>
    /// <param name="reason">Why.</param>
    public AuthorityRevocation Revoke(DateTimeOffset date, CRLReason reason) => new(Serial, date, reason, Issuer);

    private static RevokedCertificate Entry(AuthorityRevocation revocation) => new()
    {
        SerialNumber = new Integer(Convert.FromHexString(revocation.Serial)),
        RevocationDate = revocation.Date,
        Reason = revocation.Reason == CRLReason.Unspecified ? null : revocation.Reason,
        CertificateIssuer = revocation.Issuer is { } name ? DistinguishedName.From(Der.Decode<Name>(Convert.FromHexString(name))) : null,
    };

    private static CommandException NotOurs(string what) => new(ExitCodes.NotFound, $"--revoke: this authority issued no certificate {what}.");
}
