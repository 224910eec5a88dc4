using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Cli.Stores;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;

namespace CkiSdk.Cli.Audit;

/// <summary>Is <c>cki audit list</c>: all entries, or those that are new since somebody looked last.</summary>
internal static class AuditListCommand
{
    // Entries that are read at a time: a long log need not be in memory twice.
    private const int AtOnce = 1_000;

    /// <summary>Creates the command.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the CMA or TLCMA");
        var after = NumberOptions.MakeOptional("--after", 0L, "Leaves the entries up to this number out, such as the last one that was listed before.");
        var last = NumberOptions.MakeOptional("--last", 1L, "Lists the last N entries at most.");
        return new PkiVerb("list", "Lists the entries of the audit log, the oldest first.", "cki audit list --home a --last 20") { path, after, last }.Does(output, error, async (parsed, cancellationToken) =>
        {
            var home = Home.Open(parsed.GetValue(path)!, HomeKind.Cma, HomeKind.Tlcma);
            await using var store = await AuthorityStore.OpenAsync(home, cancellationToken).ConfigureAwait(false);
            var names = await KnownNames.ReadAsync(home.Name, store, cancellationToken).ConfigureAwait(false);
            return await ListAsync(store, names, parsed.GetValue(after) ?? 0, parsed.GetValue(last) ?? long.MaxValue, cancellationToken).ConfigureAwait(false);
        });
    }

    private static async Task<PkiResult> ListAsync(IAuditStore store, KnownNames names, long after, long last, CancellationToken cancellationToken)
    {
        var listing = new PkiListing().With("entries");
        var end = (await store.ReadAuditPartAsync(0, 0, cancellationToken).ConfigureAwait(false)).Head.Number;
        var (done, left) = (Math.Max(after, end - last), last);
        for (var isMore = true; isMore;)
        {
            var links = (await store.ReadAuditPartAsync(done, (int)Math.Min(AtOnce, left), cancellationToken).ConfigureAwait(false)).Links;
            foreach (var (number, entry, hash) in links)
            {
                var (at, party, detail) = (ShowText.Iso(entry.At), names.Show(entry.Party), names.Show(entry.Detail));
                var row = new JsonObject { ["number"] = number, ["at"] = at, ["event"] = entry.Event, ["party"] = party, ["detail"] = detail, ["hash"] = Convert.ToHexStringLower(hash.Span) };
                listing.Add("entries", row, $"{number}  {at}  {entry.Event}  {party}  {detail}");
                done = number;
            }

            (left, isMore) = (left - links.Count, links.Count == AtOnce);
        }

        return listing.ToResult();
    }
}
