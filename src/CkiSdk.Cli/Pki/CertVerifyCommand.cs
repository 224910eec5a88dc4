using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Asn1;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki cert verify</c>.</summary>
internal sealed class CertVerifyCommand
{
    private readonly Option<string[]> _trust = Files("--trust", "A file with certificates that are trusted.", isRequired: true);
    private readonly Option<string[]> _untrusted = Files("--untrusted", "A file with certificates that may stand between, or sign revocation lists.");
    private readonly Option<string[]> _crl = Files("--crl", "A file with revocation lists; they must say something about the certificate.");
    private readonly Option<bool> _crlAll = new("--crl-all") { Description = "The revocation lists must say something about every certificate but the anchor." };
    private readonly Option<string?> _at = new("--at") { Description = "The moment, as ISO 8601; default: now.", HelpName = "ISO" };
    private readonly Option<string?> _purpose = new("--purpose") { Description = "tls-server, tls-client, mail, code-signing, time-stamping, ocsp-signing, their names in RFC 5280, or an object identifier.", HelpName = "P" };
    private readonly Option<string?> _name = new("--name") { Description = "The host, address or mailbox that the certificate must name; a host or address brings the rules for TLS servers.", HelpName = "HOST" };
    private readonly Option<string[]> _policy = new("--policy") { Description = "A policy of which one must be valid along the path.", HelpName = "OID", AllowMultipleArgumentsPerToken = false };
    private readonly Option<bool> _explicit = new("--explicit-policy") { Description = "A policy must be valid along the path." };
    private readonly Option<bool> _inhibitMapping = new("--inhibit-mapping") { Description = "Policy mappings are ignored." };
    private readonly Option<bool> _inhibitAny = new("--inhibit-any") { Description = "anyPolicy in certificates is ignored." };
    private readonly Option<bool> _signatureOnly = new("--signature-only") { Description = "Only signatures up to an anchor count: neither time nor purpose nor constraints." };
    private readonly Option<string?> _allow = new("--allow") { Description = "What is accepted besides, with commas: sha1, dsa, small-exponents, v1, loose-profile.", HelpName = "LIST" };
    private readonly Argument<string> _file = new("CERT") { Description = "The file with the certificate; further ones in it may stand between. - for the standard input.", HelpName = "CERT" };

    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new CertVerifyCommand();
        var verb = new PkiVerb("verify", "Builds and validates the path of a certificate; exit code 6 if it is not valid.", "cki pki cert verify --trust root.pem --untrusted chain.pem --purpose tls-server --name www.example server.pem");
        foreach (var option in (Option[])[
            command._trust, command._untrusted, command._crl, command._crlAll, command._at, command._purpose, command._name, command._policy,
            command._explicit, command._inhibitMapping, command._inhibitAny, command._signatureOnly, command._allow])
        {
            verb.Options.Add(option);
        }

        verb.Arguments.Add(command._file);
        return verb.Does(output, error, command.RunAsync);
    }

    private static Option<string[]> Files(string name, string description, bool isRequired = false) =>
        new(name) { Description = description + " May stand several times.", HelpName = "FILE", Required = isRequired, AllowMultipleArgumentsPerToken = false };

    private async Task<PkiResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var anchors = await PkiInputs.CertificatesAsync(parsed.GetValue(_trust)!, cancellationToken).ConfigureAwait(false);
        var others = await PkiInputs.CertificatesAsync(parsed.GetValue(_untrusted) ?? [], cancellationToken).ConfigureAwait(false);
        var given = await PkiInputs.CertificatesAsync([parsed.GetValue(_file)!], cancellationToken).ConfigureAwait(false);
        var (legacy, permissions) = Allowed(parsed.GetValue(_allow));
        var validator = new PathValidator(anchors.Select(anchor => new TrustAnchor(anchor)), CryptoProviders.Software);
        others.AddRange(given.Skip(1));
        var result = parsed.GetValue(_signatureOnly)
            ? validator.VerifySignatures(given[0], others, legacy)
            : validator.Validate(given[0], others, await OptionsAsync(parsed, legacy, permissions, cancellationToken).ConfigureAwait(false));
        return new PkiResult(Json(result), Text(result), ExitCode: result.IsValid ? ExitCodes.Ok : ExitCodes.NotTrusted);
    }

    private async Task<PathOptions> OptionsAsync(ParseResult parsed, LegacyAlgorithms legacy, PathPermissions permissions, CancellationToken cancellationToken) => new()
    {
        Time = Time(parsed.GetValue(_at)),
        Purpose = parsed.GetValue(_purpose) is not { } purpose ? null
            : KeyPurpose.TryParse(purpose, out var known) ? known : throw CommandException.Usage($"--purpose: '{purpose}' is no purpose."),
        Name = parsed.GetValue(_name) is not { } name ? null
            : PeerName.TryParse(name, out var peer) ? peer : throw CommandException.Usage($"--name: '{name}' is no host in ASCII, no address and no mailbox."),
        Policies = [.. (parsed.GetValue(_policy) ?? []).Select(Policy)],
        RequiresExplicitPolicy = parsed.GetValue(_explicit),
        InhibitsPolicyMapping = parsed.GetValue(_inhibitMapping),
        InhibitsAnyPolicy = parsed.GetValue(_inhibitAny),
        RevocationLists = await PkiInputs.RevocationListsAsync(parsed.GetValue(_crl) ?? [], cancellationToken).ConfigureAwait(false),
        RevocationScope = parsed.GetValue(_crlAll) ? RevocationScope.WholePath : null,
        LegacyAlgorithms = legacy,
        Permissions = permissions,
    };

    private static DateTimeOffset Time(string? text)
    {
        if (text is null)
        {
            return TimeProvider.System.GetUtcNow();
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw CommandException.Usage($"--at: '{text}' is no moment such as 2030-06-01T12:00:00Z.");
    }

    private static ObjectIdentifier Policy(string text) => text == "any" ? ObjectIdentifier.Parse("2.5.29.32.0")
        : ObjectIdentifier.TryParse(text, out var policy) ? policy : throw CommandException.Usage($"--policy: '{text}' is no object identifier.");

    private static (LegacyAlgorithms Legacy, PathPermissions Permissions) Allowed(string? list)
    {
        var (legacy, permissions) = (LegacyAlgorithms.None, PathPermissions.None);
        foreach (var word in (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            legacy |= word switch { "sha1" => LegacyAlgorithms.Sha1, "dsa" => LegacyAlgorithms.Dsa, "small-exponents" => LegacyAlgorithms.SmallExponents, _ => LegacyAlgorithms.None };
            permissions |= word switch { "v1" => PathPermissions.Version1, "loose-profile" => PathPermissions.LooseProfile, _ => PathPermissions.None };
            if (word is not ("sha1" or "dsa" or "small-exponents" or "v1" or "loose-profile"))
            {
                throw CommandException.Usage($"--allow: '{word}' is none of sha1, dsa, small-exponents, v1, loose-profile.");
            }
        }

        return (legacy, permissions);
    }

    private static JsonObject Json(ValidationResult result) => new()
    {
        ["valid"] = result.IsValid,
        ["path"] = new JsonArray([.. result.Path.Select(certificate => (JsonNode)certificate.Subject.ToString())]),
        ["policies"] = new JsonArray([.. result.Policies.Select(policy => (JsonNode)policy.ToString())]),
        ["reasons"] = new JsonArray([.. result.Reasons.Select(reason => (JsonNode)new JsonObject
        {
            ["certificate"] = reason.Certificate?.Subject.ToString() ?? "anchor",
            ["index"] = reason.Index,
            ["code"] = Code(reason.Code),
            ["clause"] = reason.Clause,
            ["message"] = reason.Message,
        })]),
    };

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
            text.AppendLine(CultureInfo.InvariantCulture, $"reason: certificate {reason.Index}: {Code(reason.Code)}: {Failures.OneLine(reason.Message)} ({reason.Clause})");
        }

        return text.ToString();
    }

    // BadSignature becomes bad-signature.
    private static string Code(ReasonCode code) =>
        string.Concat(code.ToString().Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
