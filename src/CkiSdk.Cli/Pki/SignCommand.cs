using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Invocation;
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
        var certificate = new Option<string?>("--cert") { Description = "The signer's certificate; more certificates in the file go into the message. Default: the one beside the key in a token.", HelpName = "FILE" };
        var detached = new Option<bool>("--detached") { Description = "Leave the content out of the message." };
        var identifier = new Option<bool>("--keyid") { Description = "Name the certificate by its subject key identifier." };
        var algorithm = AlgorithmOption.Make();
        var noTime = new Option<bool>("--no-time") { Description = "State no signing time." };
        var lists = new Option<string[]>("--include-crl") { Description = "Revocation lists that go into the message.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
        var (form, force) = (PkiOptions.OutForm(), PkiOptions.Force());
        var verb = new PkiVerb("sign", "Signs a file: CMS SignedData.", Example) { input, target, certificate, detached, identifier, algorithm, noTime, lists, form, force };
        var key = new KeyOptions().AddTo(verb);
        var trust = new TrustOptions().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            using var access = await key.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            var certificates = await access.CertificatesAsync(parsed.GetValue(certificate), key.Place(parsed), cancellationToken).ConfigureAwait(false);
            CheckSigner(certificates[0], trust.Moment(parsed), await trust.ReadAsync(parsed, cancellationToken).ConfigureAwait(false));
            using var signing = await access.OpenSigningKeyAsync(key.Place(parsed), cancellationToken).ConfigureAwait(false);
            var signer = new MessageSigner
            {
                Certificate = certificates[0],
                Key = signing,
                Algorithm = AlgorithmOption.For(parsed, algorithm, signing),
                UseKeyIdentifier = parsed.GetValue(identifier),
            };
            var options = new SigningOptions
            {
                Signers = [signer],
                SigningTime = parsed.GetValue(noTime) ? null : DateTimeOffset.UtcNow,
                IsDetached = parsed.GetValue(detached),
                Certificates = [.. certificates.Skip(1)],
                RevocationLists = await PkiInputs.RevocationListsAsync(parsed.GetValue(lists) ?? [], cancellationToken).ConfigureAwait(false),
            };
            await using var content = MessageFiles.OpenContent(parsed.GetValue(input), error);
            await using var staged = MessageFiles.Create(parsed, parsed.GetValue(target), parsed.GetValue(force), isSecret: false);
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
            throw CommandException.Usage(Failures.Words(exception), exception);
        }
    }

    private static PkiResult Result(string? target, Certificate certificate, bool isDetached)
    {
        var isFile = target is not (null or "-");
        return new PkiResult(
            new JsonObject { ["file"] = isFile ? target : null, ["signer"] = certificate.Subject.ToString(), ["detached"] = isDetached },
            isFile ? $"{target}: signed by {certificate.Subject}\n" : "");
    }
}
