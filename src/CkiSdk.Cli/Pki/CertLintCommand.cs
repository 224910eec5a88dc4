using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki cert lint</c>.</summary>
internal static class CertLintCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var rules = new Option<string>("--rules") { Description = "The rules, with commas: rfc5280, web-pki, cki.", DefaultValueFactory = _ => "rfc5280", HelpName = "LIST" };
        var file = PkiOptions.File("CERT", "The file with the certificate");
        var verb = new PkiVerb("lint", "Checks a certificate against the rules for those who issue certificates; exit code 1 if it breaks one.", "cki pki cert lint --rules rfc5280,web-pki server.pem") { rules, file };
        return verb.Does(output, error, (parsed, cancellationToken) => RunAsync(parsed.GetValue(file)!, Parse(parsed.GetValue(rules)!), cancellationToken));
    }

    private static async Task<PkiResult> RunAsync(string file, LintRules rules, CancellationToken cancellationToken)
    {
        var findings = CertificateLint.Check(await PkiInputs.CertificateAsync(file, cancellationToken).ConfigureAwait(false), rules);
        var json = new JsonObject
        {
            ["clean"] = findings.Count == 0,
            ["findings"] = new JsonArray([.. findings.Select(finding => (JsonNode)new JsonObject { ["clause"] = finding.Clause, ["message"] = finding.Message })]),
        };
        var text = findings.Count == 0 ? "clean\n" : string.Concat(findings.Select(finding => Failures.OneLine(finding.ToString()) + "\n"));
        return new PkiResult(json, text, ExitCode: findings.Count == 0 ? ExitCodes.Ok : ExitCodes.CheckFailed);
    }

    private static LintRules Parse(string list) => list.Split(',', StringSplitOptions.TrimEntries).Aggregate(LintRules.None, (all, word) => all | (word switch
    {
        "rfc5280" => LintRules.Rfc5280,
        "web-pki" => LintRules.WebPki,
        "cki" => LintRules.Cki,
        _ => throw CommandException.Usage($"--rules: '{word}' is none of rfc5280, web-pki, cki."),
    }));
}
