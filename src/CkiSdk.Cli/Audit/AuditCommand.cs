using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Cli.Stores;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;

namespace CkiSdk.Cli.Audit;

/// <summary>Is <c>cki audit</c>: the log of what an authority has done, whose entries are chained by hashes. No key is needed to read it.</summary>
internal static class AuditCommand
{
    /// <summary>Creates the command with those below it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error) =>
        new ExampleCommand("audit", "Checks and lists the audit log of an authority.", "cki audit verify --home a") { Verify(output, error), List(output, error) };

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

    private static PkiVerb List(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the CMA or TLCMA");
        return new PkiVerb("list", "Lists the entries of the audit log, the oldest first.", "cki audit list --home a") { path }.Does(output, error, async (parsed, cancellationToken) =>
        {
            var listing = new PkiListing().With("entries");
            var home = Home.Open(parsed.GetValue(path)!, HomeKind.Cma, HomeKind.Tlcma);
            await using var store = await AuthorityStore.OpenAsync(home, cancellationToken).ConfigureAwait(false);
            var names = await KnownNames.ReadAsync(home.Name, store, cancellationToken).ConfigureAwait(false);
            foreach (var (number, entry, hash) in (await store.ReadAuditAsync(cancellationToken).ConfigureAwait(false)).Links)
            {
                var (at, party, detail) = (ShowText.Iso(entry.At), names.Show(entry.Party), names.Show(entry.Detail));
                var row = new JsonObject { ["number"] = number, ["at"] = at, ["event"] = entry.Event, ["party"] = party, ["detail"] = detail, ["hash"] = Convert.ToHexStringLower(hash.Span) };
                listing.Add("entries", row, $"{number}  {at}  {entry.Event}  {party}  {detail}");
            }

            return listing.ToResult();
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
