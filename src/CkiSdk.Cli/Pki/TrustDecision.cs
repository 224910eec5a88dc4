using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Exchange;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Cli.Pki;

/// <summary>Decides whether a certificate is trusted for a use.</summary>
/// <param name="validator">What validates.</param>
/// <param name="others">Certificates that may stand between.</param>
/// <param name="options">For what.</param>
internal sealed class TrustDecision(PathValidator validator, IReadOnlyList<Certificate> others, PathOptions options)
{
    /// <summary>Gives the same decision with other options.</summary>
    /// <param name="change">Changes the options.</param>
    public TrustDecision For(Func<PathOptions, PathOptions> change) => new(validator, others, change(options));

    /// <summary>Validates the path of a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="more">More certificates that may stand between.</param>
    public ValidationResult Validate(Certificate certificate, IEnumerable<Certificate> more) => validator.Validate(certificate, [.. others, .. more], options);

    /// <summary>Tells whether signatures lead from a certificate to an anchor.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="more">More certificates that may stand between.</param>
    public ValidationResult VerifySignatures(Certificate certificate, IEnumerable<Certificate> more) =>
        validator.VerifySignatures(certificate, [.. others, .. more], options.LegacyAlgorithms);

    /// <summary>Validates a certificate for a use.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="more">More certificates that may stand between.</param>
    /// <param name="usages">Key usages of which the certificate must admit one.</param>
    public TrustVerdict Check(Certificate certificate, IEnumerable<Certificate> more, IReadOnlyList<KeyUsage> usages)
    {
        var result = Validate(certificate, more);
        var isUsable = certificate.KeyUsage is not { } usage || usages.Any(candidate => usage.Has(candidate));
        return new TrustVerdict(result, isUsable ? null : "keyUsage does not admit this use (RFC 5280 §4.2.1.3)");
    }

    /// <summary>Expects a peer in an exchange of messages.</summary>
    /// <param name="subject">His name.</param>
    public ExchangePeer PeerNamed(DistinguishedName subject) => new() { Subject = subject, Validator = validator, Options = options };

    /// <summary>Requires that a certificate is trusted.</summary>
    /// <param name="name">What the user calls it.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="usages">Key usages of which the certificate must admit one.</param>
    /// <exception cref="CommandException">It is not, with every reason.</exception>
    public void Require(string name, Certificate certificate, IReadOnlyList<KeyUsage> usages)
    {
        var verdict = Check(certificate, [], usages);
        if (!verdict.IsTrusted)
        {
            throw new CommandException(ExitCodes.NotTrusted, $"{name} is not trusted: {verdict.Text}");
        }
    }
}
