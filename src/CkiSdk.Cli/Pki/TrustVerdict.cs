using System.Text.Json;
using System.Text.Json.Nodes;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Cli.Pki;

/// <summary>Says whether a certificate is trusted, and every reason why not.</summary>
/// <param name="Result">What the validation of the path said.</param>
/// <param name="UseFault">Why the certificate is not for this use; null if it is.</param>
internal sealed record TrustVerdict(ValidationResult Result, string? UseFault)
{
    /// <summary>Gets whether it is trusted.</summary>
    public bool IsTrusted => Result.IsValid && UseFault is null;

    /// <summary>Gets all reasons as one line.</summary>
    public string Text => string.Join("; ", Result.Reasons.Select(reason => reason.ToString()).Concat(UseFault is { } fault ? [fault] : []));

    /// <summary>Makes the document.</summary>
    public JsonObject ToJson()
    {
        var reasons = Result.Reasons.Select(reason => Reason(reason.Certificate?.Subject.ToString() ?? "anchor", Code(reason.Code), reason.Clause, reason.Message));
        var use = UseFault is { } fault ? [Reason(Result.Path.Count > 0 ? Result.Path[0].Subject.ToString() : null, "key-usage", "RFC 5280 §4.2.1.3", fault)] : Array.Empty<JsonObject>();
        return new JsonObject
        {
            ["valid"] = IsTrusted,
            ["path"] = new JsonArray([.. Result.Path.Select(certificate => (JsonNode)certificate.Subject.ToString())]),
            ["policies"] = new JsonArray([.. Result.Policies.Select(policy => (JsonNode)policy.ToString())]),
            ["reasons"] = new JsonArray([.. reasons.Concat(use)]),
        };
    }

    /// <summary>Writes a code as JSON has it: BadSignature becomes bad-signature.</summary>
    /// <param name="code">The code.</param>
    public static string Code(ReasonCode code) => JsonNamingPolicy.KebabCaseLower.ConvertName(code.ToString());

    private static JsonObject Reason(string? certificate, string code, string clause, string message) =>
        new JsonObject { ["certificate"] = certificate, ["code"] = code, ["clause"] = clause, ["message"] = message };
}
