using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Pki;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Sealing;

namespace CkiSdk.Cli.Users;

/// <summary>Is <c>cki user seal</c>: protects a file of any size to users of any domain.</summary>
internal static class SealCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the user");
        var to = new Option<string[]>("--to") { Description = "Who shall open it: users of any domain.", HelpName = "DN", Required = true, AllowMultipleArgumentsPerToken = true };
        var (input, target, force, compatible) = (PkiOptions.In("The file to seal; default: the standard input."), PkiOptions.Out(isRequired: true), PkiOptions.Force(), Compatible());
        return new PkiVerb("seal", "Seals a file to users of any domain; receive certificates that are missing are asked for.", "cki user seal --home a1 --to \"CN=B1,O=Domain B,C=GB\" --in report.pdf --out report.cki") { path, to, input, target, compatible, force }.Does(output, error, async (parsed, cancellationToken) =>
        {
            var recipients = parsed.GetValue(to)!.Select(PkiOptions.Name).Distinct().ToArray();
            await using var session = await UserSession.OpenAsync(Home.Open(parsed.GetValue(path)!, HomeKind.User), cancellationToken: cancellationToken).ConfigureAwait(false);
            await session.FetchAsync(error, cancellationToken).ConfigureAwait(false);
            await using var content = MessageFiles.OpenContent(parsed.GetValue(input), error);
            await using var staged = MessageFiles.Create(parsed, parsed.GetValue(target), parsed.GetValue(force), isSecret: false);
            var sealedMessage = await session.Client.SealAsync(content, staged.Stream, recipients, Scheme(parsed.GetValue(compatible)), cancellationToken).ConfigureAwait(false);
            await staged.CommitAsync(cancellationToken).ConfigureAwait(false);
            return Result(parsed.GetValue(target)!, session.Home.Configuration.Name, recipients, sealedMessage);
        });
    }

    /// <summary>Makes <c>--compat openssl</c>.</summary>
    public static Option<string?> Compatible()
    {
        var option = new Option<string?>("--compat") { Description = "Encrypt the key of the content so that 'openssl cms -decrypt' opens the message with a key that 'cki user key export' writes; both sides must say it.", HelpName = "openssl" };
        option.AcceptOnlyFromAmong("openssl");
        return option;
    }

    /// <summary>Reads <c>--compat</c>.</summary>
    /// <param name="word">The word; null for none.</param>
    public static SealingScheme Scheme(string? word) => word is null ? SealingScheme.TokenKey : SealingScheme.OpenSsl;

    private static PkiResult Result(string target, string sender, DistinguishedName[] recipients, SealedMessage message)
    {
        var isFile = target != "-";
        var json = new JsonObject
        {
            ["file"] = isFile ? target : null,
            ["from"] = sender,
            ["to"] = new JsonArray([.. recipients.Select(recipient => (JsonNode)recipient.ToString())]),
            ["sendCertificate"] = Convert.ToHexStringLower(message.SendCertificate.SerialNumber.Octets.Span),
            ["receiveCertificates"] = new JsonArray([.. message.ReceiveCertificates.Select(certificate => (JsonNode)Convert.ToHexStringLower(certificate.SerialNumber.Octets.Span))]),
        };
        return new PkiResult(json, isFile ? $"{target}: sealed to {string.Join("; ", recipients.Select(recipient => recipient.ToString()))}\n" : "");
    }
}
