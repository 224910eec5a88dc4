using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Signatures;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki sign</c>: signs a file as CMS.</summary>
internal static class SignCommand
{
    private const string Example = "cki pki sign --in report.pdf --key key.pem --cert cert.pem --trust ca.pem --detached --out report.p7s";

    /// <summary>Gets the key usages of which a signer's certificate must admit one.</summary>
    public static IReadOnlyList<KeyUsage> Usages { get; } = [KeyUsage.DigitalSignature, KeyUsage.NonRepudiation];

    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var input = PkiOptions.In("The file to sign; default: the standard input.");
        var target = PkiOptions.Out();
        var certificate = new Option<string>("--cert") { Description = "The signer's certificate; more certificates in the file go into the message.", HelpName = "FILE", Required = true };
        var detached = new Option<bool>("--detached") { Description = "Leave the content out of the message." };
        var identifier = new Option<bool>("--keyid") { Description = "Name the certificate by its subject key identifier." };
        var algorithm = new Option<string?>("--algorithm") { Description = $"The signature algorithm; default: what suits the key. One of {string.Join(", ", Enum.GetNames<SignatureAlgorithm>())}.", HelpName = "NAME" };
        var noTime = new Option<bool>("--no-time") { Description = "State no signing time." };
        var (key, form, force) = (PkiOptions.Key(), PkiOptions.OutForm(), PkiOptions.Force());
        var verb = new PkiVerb("sign", "Signs a file: CMS SignedData.", Example) { input, target, key, certificate, detached, identifier, algorithm, noTime, form, force };
        var password = SecretOptions.Password().AddTo(verb);
        var trust = new TrustOptions().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var certificates = await PkiInputs.CertificatesAsync([parsed.GetValue(certificate)!], cancellationToken).ConfigureAwait(false);
            CheckSigner(certificates[0], trust.Moment(parsed), await trust.ReadAsync(parsed, cancellationToken).ConfigureAwait(false));
            using var secret = await password.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            using var signing = await PkiKeys.OpenSigningKeyAsync(parsed.GetValue(key)!, secret, cancellationToken).ConfigureAwait(false);
            var signer = new MessageSigner
            {
                Certificate = certificates[0],
                Key = signing,
                Algorithm = AlgorithmOf(parsed.GetValue(algorithm)),
                UseKeyIdentifier = parsed.GetValue(identifier),
            };
            var options = new SigningOptions
            {
                Signers = [signer],
                SigningTime = parsed.GetValue(noTime) ? null : DateTimeOffset.UtcNow,
                IsDetached = parsed.GetValue(detached),
                Certificates = [.. certificates.Skip(1)],
            };
            await using var content = MessageFiles.OpenContent(parsed.GetValue(input), error);
            await using var staged = MessageFiles.Create(parsed.GetValue(target), parsed.GetValue(force), isSecret: false);
            await MessageFiles.WriteMessageAsync(staged, parsed.GetValue(form) == "pem", message => SignAsync(content, message, options, cancellationToken), cancellationToken).ConfigureAwait(false);
            return Result(parsed.GetValue(target), certificates[0], options.IsDetached);
        });
    }

    private static void CheckSigner(Certificate certificate, DateTimeOffset moment, TrustDecision? trust)
    {
        trust?.Require($"the signer's certificate {certificate.Subject}", certificate, Usages);
        if (!certificate.IsValidAt(moment))
        {
            throw new CommandException(ExitCodes.NotTrusted, $"The signer's certificate {certificate.Subject} is not valid now: it is valid from {certificate.NotBefore:u} to {certificate.NotAfter:u}.");
        }
    }

    private static async Task SignAsync(Stream content, Stream message, SigningOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await SignedMessages.SignAsync(content, message, options, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }

    private static SignatureAlgorithm? AlgorithmOf(string? name) => name is null ? null
        : Enum.TryParse<SignatureAlgorithm>(name, ignoreCase: true, out var algorithm) ? algorithm
        : throw CommandException.Usage($"--algorithm: '{name}' is none of {string.Join(", ", Enum.GetNames<SignatureAlgorithm>())}.");

    private static PkiResult Result(string? target, Certificate certificate, bool isDetached)
    {
        var isFile = target is not (null or "-");
        return new PkiResult(
            new JsonObject { ["file"] = isFile ? target : null, ["signer"] = certificate.Subject.ToString(), ["detached"] = isDetached },
            isFile ? $"{target}: signed by {certificate.Subject}\n" : "");
    }
}
