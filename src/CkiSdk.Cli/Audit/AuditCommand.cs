using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Cli.Stores;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Cli.Audit;

/// <summary>Is <c>cki audit</c>: the log of what an authority has done, whose entries are chained by hashes. No key is needed to read it.</summary>
internal static class AuditCommand
{
    /// <summary>Creates the command with those below it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error) =>
        new ExampleCommand("audit", "Checks and lists the audit log of an authority.", "cki audit verify --home a") { Verify(output, error), AuditListCommand.Create(output, error) };

    private static PkiVerb Verify(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the CMA or TLCMA");
        var noted = new Option<string?>("--noted")
        {
            Description = "The head that an earlier check printed, kept elsewhere than in the home: it must still be in the log. Without it nobody can tell whether the end was cut off together with the stored head.",
            HelpName = "HEAD",
        };
        return new PkiVerb("verify", "Checks every entry of the audit log and prints its head; exit code 1 names the first entry that is not as it was written.", "cki audit verify --home a --json") { path, noted }
            .Does(output, error, async (parsed, cancellationToken) =>
            {
                var head = parsed.GetValue(noted) is { } text ? Head(text) : null;
                await using var store = await AuthorityStore.OpenAsync(Home.Open(parsed.GetValue(path)!, HomeKind.Cma, HomeKind.Tlcma), cancellationToken).ConfigureAwait(false);
                var finding = await AuditVerifier.VerifyAsync(store, head, cancellationToken).ConfigureAwait(false);
                var json = new JsonObject { ["intact"] = finding.IsIntact, ["entries"] = finding.Entries, ["head"] = $"{finding.Head}", ["brokenAt"] = finding.BrokenAt, ["reason"] = finding.Reason };
                return finding.IsIntact
                    ? new PkiResult(json, $"{finding.Entries} entries, all as they were written\nhead {finding.Head}\n")
                    : new PkiResult(json, $"broken at entry {finding.BrokenAt}: {finding.Reason}\n", ExitCode: ExitCodes.CheckFailed);
            });
    }

    private static AuditHead Head(string text)
    {
        var parts = text.Split(':');
        if (parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && parts[1].Length == 64 && parts[1].All(char.IsAsciiHexDigit))
        {
            return new AuditHead(number, Convert.FromHexString(parts[1]));
        }

        throw new CommandException(ExitCodes.Usage, $"'{text}' is no head: NUMBER:HASH, as 'cki audit verify' prints it.");
    }
}
