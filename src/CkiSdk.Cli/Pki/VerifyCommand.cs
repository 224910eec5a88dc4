using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Cms.Signatures;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki verify</c>: verifies the signatures of a CMS message and the certificates of its signers.</summary>
internal static class VerifyCommand
{
    private const string Example = "cki pki verify --in report.p7s --content report.pdf --trust ca.pem";

    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var input = PkiOptions.In("The message, PEM, DER, BER or an S/MIME entity; default: the standard input.");
        var detached = new Option<string?>("--content") { Description = "The content, where it travels apart from the message.", HelpName = "FILE" };
        var target = new Option<string?>("--out") { Description = "Where the content goes if every signature is good and trusted.", HelpName = "FILE" };
        var only = new Option<bool>("--signature-only") { Description = "Do not ask whether the signers' certificates are trusted." };
        var signers = new Option<string[]>("--signer") { Description = "Certificates of signers, where the message holds none.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
        var force = PkiOptions.Force();
        var verb = new PkiVerb("verify", "Verifies the signatures of a message: CMS SignedData.", Example) { input, detached, target, only, signers, force };
        var trust = new TrustOptions().AddTo(verb);
        var use = new UseOptions().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var legacy = trust.Algorithms(parsed);
            var decision = parsed.GetValue(only) ? null : (await trust.ReadAsync(parsed, cancellationToken).ConfigureAwait(false))?.For(options => use.Apply(parsed, options))
                ?? throw CommandException.Usage("--trust is missing: name the certificates at which trust begins, or say --signature-only.");
            var known = await PkiInputs.CertificatesAsync(parsed.GetValue(signers) ?? [], cancellationToken).ConfigureAwait(false);
            await using var message = MessageFiles.OpenMessage(parsed.GetValue(input), error);
            await using var content = parsed.GetValue(detached) is { } file ? MessageFiles.OpenContent(file, error) : null;
            await using var staged = parsed.GetValue(target) is { } path ? MessageFiles.Create(parsed, path, parsed.GetValue(force), isSecret: false) : null;
            var options = new VerificationOptions { DetachedContent = content, Certificates = known, Allowed = legacy };
            var verified = await VerifyAsync(message, staged?.Stream, options, cancellationToken).ConfigureAwait(false);
            decision = decision?.For(options => options with { RevocationLists = [.. options.RevocationLists, .. verified.RevocationLists] });
            var verdicts = verified.Signatures.Select(signature => decision is null || !signature.IsIntact ? null : decision.Check(signature.Certificate, [.. verified.Certificates, .. known], SignCommand.Usages)).ToList();
            var isValid = verified.IsIntact && verdicts.TrueForAll(verdict => verdict is null || verdict.IsTrusted);
            if (isValid && staged is not null)
            {
                await staged.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            return Result(verified, verdicts, isValid);
        });
    }

    private static async Task<SignedMessage> VerifyAsync(Stream message, Stream? content, VerificationOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await SignedMessages.VerifyAsync(message, content, CryptoProviders.Software, options, cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException exception)
        {
            throw new CommandException(ExitCodes.CheckFailed, $"The message is no CMS SignedData: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw CommandException.Usage($"{Failures.Clause(exception.Message)} (--content FILE).", exception);
        }
    }

    private static PkiResult Result(SignedMessage message, List<TrustVerdict?> verdicts, bool isValid)
    {
        var text = new StringBuilder();
        var signers = new JsonArray();
        foreach (var (signature, verdict) in message.Signatures.Zip(verdicts))
        {
            var name = signature.Certificate?.Subject.ToString() ?? signature.Identifier;
            var fault = signature.Fault ?? (verdict is { IsTrusted: false } ? verdict.Text : null);
            text.Append(fault is null ? $"{name}: good signature{(verdict is null ? "" : ", trusted")}\n" : $"{name}: NOT {(signature.IsIntact ? "trusted" : "good")}: {Failures.OneLine(fault)}\n");
            signers.Add((JsonNode)new JsonObject
            {
                ["identifier"] = signature.Identifier,
                ["subject"] = signature.Certificate?.Subject.ToString(),
                ["algorithm"] = signature.Algorithm?.ToString(),
                ["signingTime"] = signature.SigningTime?.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                ["intact"] = signature.IsIntact,
                ["fault"] = signature.Fault,
                ["trust"] = verdict?.ToJson(),
            });
        }

        if (message.Signatures.Count == 0)
        {
            text.Append("The message holds no signature.\n");
        }

        var json = new JsonObject { ["valid"] = isValid, ["contentType"] = message.ContentType.ToString(), ["detached"] = message.IsDetached, ["signers"] = signers };
        return new PkiResult(json, text.ToString(), ExitCode: isValid ? ExitCodes.Ok : ExitCodes.NotTrusted);
    }
}
