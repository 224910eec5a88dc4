using System.CommandLine;
using System.Globalization;
using System.Text;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki cert verify</c>.</summary>
internal static class CertVerifyCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var file = new Argument<string?>("CERT")
        {
            Description = "The file with the certificate, the last word of the line; further ones in it may stand between. - for the standard input.",
            HelpName = "CERT",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var verb = new PkiVerb("verify", "Builds and validates the path of a certificate; exit code 6 if it is not valid.", "cki pki cert verify --trust root.pem --untrusted chain.pem --purpose tls-server --name www.example server.pem");
        var trust = new TrustOptions(isRequired: true).AddTo(verb);
        var use = new UseOptions().AddTo(verb);
        var only = new Option<bool>("--signature-only") { Description = "Only signatures up to an anchor count: neither time nor purpose nor constraints." };
        verb.Options.Add(only);
        verb.Arguments.Add(file);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var last = LastWord.Of(parsed, file, [.. trust.Greedy, .. use.Greedy]);
            var path = parsed.GetValue(file) ?? last?.Value ?? throw CommandException.Usage("CERT is missing: the file with the certificate, the last word of the line.");
            var decision = await trust.ReadAsync(parsed, cancellationToken, last).ConfigureAwait(false) ?? throw CommandException.Usage("--trust is missing.");
            var given = await PkiInputs.CertificatesAsync([path], cancellationToken).ConfigureAwait(false);
            decision = decision.For(options => use.Apply(parsed, options, last));
            var result = parsed.GetValue(only) ? decision.VerifySignatures(given[0], given.Skip(1)) : decision.Validate(given[0], given.Skip(1));
            return new PkiResult(new TrustVerdict(result, null).ToJson(), Text(result), ExitCode: result.IsValid ? ExitCodes.Ok : ExitCodes.NotTrusted);
        });
    }

    private static string Text(ValidationResult result)
    {
        var text = new StringBuilder();
        text.AppendLine(result.IsValid ? "valid" : "not valid");
        foreach (var (index, certificate) in result.Path.Index())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {index}: {Failures.OneLine(certificate.Subject.ToString())}");
        }

        foreach (var reason in result.Reasons)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"reason: certificate {reason.Index}: {TrustVerdict.Code(reason.Code)}: {Failures.OneLine(reason.Message)} ({reason.Clause})");
        }

        return text.ToString();
    }
}
