using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Cms.Streaming;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki decrypt</c>: opens a CMS message that was encrypted to a certificate or under a password.</summary>
internal static class DecryptCommand
{
    private const string Example = "cki pki decrypt --in report.p7m --key bob.key --cert bob.pem --out report.pdf";

    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var input = PkiOptions.In("The message, PEM, DER, BER or an S/MIME entity; default: the standard input.");
        var target = PkiOptions.Out();
        var certificate = new Option<string?>("--cert") { Description = "The certificate that the message was encrypted to. Default: the one beside the key in a token.", HelpName = "FILE" };
        var authenticated = new Option<bool>("--require-authenticated") { Description = "Refuse ciphers that authenticate nothing." };
        var force = PkiOptions.Force();
        var verb = new PkiVerb("decrypt", "Opens an encrypted message: CMS AuthEnvelopedData or EnvelopedData.", Example) { input, target, certificate, authenticated, force };
        var key = new KeyOptions(isRequired: false, "the password of the key, or without --key that of the message").AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            using var access = await key.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            using var opened = await OpenKeyAsync(key.Find(parsed), parsed.GetValue(certificate), access, cancellationToken).ConfigureAwait(false);
            var opener = opened?.Key ?? new PasswordEnvelopeKey(access.Password!);
            await using var message = MessageFiles.OpenMessage(parsed.GetValue(input), error);
            await using var staged = MessageFiles.Create(parsed, parsed.GetValue(target), parsed.GetValue(force), isSecret: true);
            var options = new OpeningOptions { RequireAuthentication = parsed.GetValue(authenticated) };
            var envelope = await DecryptAsync(message, opener, staged, options, cancellationToken).ConfigureAwait(false);
            if (!envelope.IsAuthenticated)
            {
                await error.WriteLineAsync("cki: warning: the cipher authenticates nothing; somebody may have changed the content").ConfigureAwait(false);
            }

            var isFile = parsed.GetValue(target) is not (null or "-");
            var json = new JsonObject { ["file"] = isFile ? parsed.GetValue(target) : null, ["cipher"] = envelope.Algorithm.ToString(), ["authenticated"] = envelope.IsAuthenticated, ["contentType"] = envelope.ContentType.ToString() };
            return new PkiResult(json, isFile ? $"{parsed.GetValue(target)}: decrypted{(envelope.IsAuthenticated ? " and authenticated" : "")}\n" : "");
        });
    }

    private static async Task<RecipientKeys?> OpenKeyAsync(string? key, string? certificate, KeyAccess access, CancellationToken cancellationToken)
    {
        if (key is null)
        {
            return certificate is null && access.Password is not null ? null
                : throw CommandException.Usage("Name the private key with --key and its certificate with --cert, or a password.");
        }

        var certificates = await access.CertificatesAsync(certificate, key, cancellationToken).ConfigureAwait(false);
        return await access.OpenRecipientAsync(key, certificates[0], cancellationToken).ConfigureAwait(false);
    }

    private static async Task<OpenedEnvelope> DecryptAsync(Stream message, EnvelopeKey key, IStagedOutput staged, OpeningOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var envelope = await MessageEnvelopes.DecryptAsync(message, key, staged, CryptoProviders.Software, options, cancellationToken).ConfigureAwait(false);
            if (!envelope.IsAddressed)
            {
                throw new CommandException(ExitCodes.NotFound, "The message is not encrypted to this recipient, or by an algorithm that is not known.");
            }

            return envelope.IsOpened ? envelope : throw new CommandException(ExitCodes.CheckFailed, "The message cannot be opened.");
        }
        catch (FormatException exception)
        {
            throw new CommandException(ExitCodes.CheckFailed, $"The message is no encrypted CMS message: {exception.Message}", exception);
        }
    }
}
