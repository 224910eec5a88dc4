using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Protocol.Sealing;

namespace CkiSdk.Cli.Users;

/// <summary>Is <c>cki user open</c>: opens a sealed file, and fetches the seed key that it needs.</summary>
internal static class OpenCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Creates the command.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the user");
        var (input, target, force, compatible) = (PkiOptions.In("The sealed file; default: the standard input."), PkiOptions.Out(isRequired: true), PkiOptions.Force(), SealCommand.Compatible());
        return new PkiVerb("open", "Opens a sealed file. What does not stand every check releases nothing.", "cki user open --home b1 --in report.cki --out report.pdf") { path, input, target, compatible, force }.Does(output, error, async (parsed, cancellationToken) =>
        {
            await using var session = await UserSession.OpenAsync(Home.Open(parsed.GetValue(path)!, HomeKind.User), cancellationToken: cancellationToken).ConfigureAwait(false);
            await session.FetchAsync(error, cancellationToken).ConfigureAwait(false);
            await using var message = MessageFiles.OpenMessage(parsed.GetValue(input), error);
            var file = parsed.GetValue(target)!;
            var isForced = parsed.GetValue(force);
            var opened = await OpenAsync(session, message, () => MessageFiles.Create(parsed, file, isForced, isSecret: true), SealCommand.Scheme(parsed.GetValue(compatible)), error, cancellationToken).ConfigureAwait(false);
            if (opened.HasSendCertificateEnded)
            {
                await error.WriteLineAsync($"cki: warning: the send certificate of {opened.SendCertificate!.Subject} ended at {ShowText.Iso(opened.SendCertificate.NotAfter)}; nothing but a signature says that the message is from before").ConfigureAwait(false);
            }

            var json = new JsonObject
            {
                ["file"] = file == "-" ? null : file,
                ["from"] = opened.SendCertificate!.Subject.ToString(),
                ["issuer"] = opened.SendCertificate.Issuer.ToString(),
                ["sendCertificateEnded"] = opened.HasSendCertificateEnded ? ShowText.Iso(opened.SendCertificate.NotAfter) : null,
                ["to"] = new JsonArray([.. opened.Recipients.Select(recipient => (JsonNode)recipient.ToString())]),
                ["signatures"] = opened.Signatures.Count,
            };
            return new PkiResult(json, file == "-" ? "" : $"{file}: from {opened.SendCertificate.Subject}, certified by {opened.SendCertificate.Issuer}; {(opened.Signatures.Count == 0 ? "nobody signed it" : $"{opened.Signatures.Count} signatures")}\n");
        });
    }

    /// <summary>Opens a message, or ends with the exit code of its fault.</summary>
    /// <param name="session">The user.</param>
    /// <param name="message">The message.</param>
    /// <param name="stage">Where the content waits.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="error">Where it says what it waits for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">It was not opened.</exception>
    public static async Task<OpenedMessage> OpenAsync(
        UserSession session, Stream message, Func<CkiSdk.Pki.Cms.Streaming.IStagedOutput> stage, SealingScheme scheme, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            for (var (begun, isFirst) = (TimeProvider.System.GetTimestamp(), true); ; isFirst = false)
            {
                var opened = await session.Client.OpenAsync(message, stage, scheme, cancellationToken).ConfigureAwait(false);
                if (opened.IsOpened)
                {
                    return opened;
                }

                // The CRL of another domain comes by way of two CMAs, some moments after these have their key.
                if (opened.Refusal != OpeningRefusal.NoCurrentList || TimeProvider.System.GetElapsedTime(begun) > Patience || !message.CanSeek)
                {
                    throw Fault(opened);
                }

                if (isFirst)
                {
                    await error.WriteLineAsync($"cki: {opened.Reason} Waiting for it for {Patience.TotalSeconds:F0} s at the most.").ConfigureAwait(false);
                }

                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
                await session.FetchAsync(TextWriter.Null, cancellationToken).ConfigureAwait(false);
                message.Position = 0;
            }
        }
        catch (FormatException exception)
        {
            throw new CommandException(ExitCodes.CheckFailed, $"The file is no sealed message: {exception.Message}", exception, "not-sealed");
        }
    }

    private static CommandException Fault(OpenedMessage message)
    {
        var (code, word) = message.Refusal switch
        {
            OpeningRefusal.NotSealed => (ExitCodes.CheckFailed, "not-sealed"),
            OpeningRefusal.NotAuthentic => (ExitCodes.CheckFailed, "not-authentic"),
            OpeningRefusal.NotAddressed => (ExitCodes.NotFound, "not-addressed"),
            OpeningRefusal.NoKey => (ExitCodes.Rejected, "no-key"),
            OpeningRefusal.UnknownIssuer when message.Reason.Contains("The CMA says", StringComparison.Ordinal) => (ExitCodes.Rejected, "no-key"),
            OpeningRefusal.UnknownIssuer => (ExitCodes.NotTrusted, "unknown-issuer"),
            OpeningRefusal.NoCurrentList => (ExitCodes.NotTrusted, "no-current-crl"),
            OpeningRefusal.Revoked => (ExitCodes.NotTrusted, "revoked"),
            OpeningRefusal.BadSignature => (ExitCodes.NotTrusted, "bad-signature"),
            _ => (ExitCodes.NotTrusted, "wrong-certificate"),
        };
        return new CommandException(code, message.Reason.Length > 0 ? message.Reason : "The message cannot be opened.", code: word);
    }
}
