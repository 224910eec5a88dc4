using System.Globalization;
using CkiSdk.Protocol.Storage;
using CkiSdk.Web.Html;
using CkiSdk.Web.Options;
using CkiSdk.Web.State;

namespace CkiSdk.Web.Pages;

/// <summary>Shows the audit log, the newest entries first, and checks its chain where that is asked for.</summary>
/// <param name="options">The configuration.</param>
/// <param name="check">The check.</param>
internal sealed class AuditPage(CmaPagesOptions options, AuditCheck check) : Page("/audit", "Audit log")
{
    private const string Begin = "1";
    private const string GoOn = "more";

    /// <inheritdoc/>
    public override async Task<HtmlNode> BodyAsync(PageRequest request)
    {
        // What is shown is read by its numbers: the log may have any length.
        var head = (await options.Store.ReadAuditPartAsync(0, 0, request.Cancel).ConfigureAwait(false)).Head.Number;
        var last = head - ((request.Number - 1L) * options.RowsPerPage);
        var first = Math.Max(0, last - options.RowsPerPage);
        var part = await options.Store.ReadAuditPartAsync(first, (int)Math.Max(0, last - first), request.Cancel).ConfigureAwait(false);
        return HtmlNode.Group(
            await CheckAsync(request).ConfigureAwait(false),
            Parts.Table(
                $"{head} entries, the newest first",
                ["Number", "When (UTC)", "What", "Who", "About"],
                [.. part.Links.Reverse().Select(link => Row(request, link))],
                "There are no entries."),
            Parts.Pager(request, request.Address(Path), first > 0));
    }

    private static HtmlNode[] Row(PageRequest request, AuditLink link) =>
    [
        link.Number.ToString(CultureInfo.InvariantCulture), Parts.Moment(link.Entry.At), HtmlNode.Element("code", link.Entry.Event),
        Parts.Name(request.Names.Show(link.Entry.Party)), Parts.Name(request.Names.Show(link.Entry.Detail)),
    ];

    private async Task<HtmlNode> CheckAsync(PageRequest request)
    {
        var asked = request["check"];
        if (asked is not (Begin or GoOn))
        {
            return HtmlNode.Element("p", Link(request, "Check every entry now", Begin));
        }

        var (from, to, finding) = await check.GoOnAsync(asked == Begin, AuditCheck.MostAtOnce, request.Cancel).ConfigureAwait(false);
        return finding switch
        {
            null => HtmlNode.Element(
                "p", string.Create(CultureInfo.InvariantCulture, $"Entries {from} to {to} are as they were written. "), Link(request, "Check the next ones", GoOn)).With("class", "good").With("role", "status"),
            { IsIntact: true } => HtmlNode.Element(
                "div",
                HtmlNode.Element("p", Whole(from, finding), " ", Link(request, "Check every entry again", Begin)),
                HtmlNode.Element("p", "Head ", HtmlNode.Element("code", $"{finding.Head}"), ": keep it elsewhere, and a later 'cki audit verify --noted' finds out whether the end was cut off.")).With("class", "good").With("role", "status"),
            _ => HtmlNode.Element("p", $"Broken at entry {finding.BrokenAt}: {finding.Reason}.").With("class", "bad").With("role", "alert"),
        };
    }

    // Those before were read earlier, by this process; whether anybody has touched them since, only a check from the first on tells.
    private static string Whole(long from, AuditFinding finding) => string.Create(
        CultureInfo.InvariantCulture, $"{finding.Entries} entries, all as they were written{(from > 1 ? $" (those before {from} were checked before)" : "")}.");

    private HtmlNode Link(PageRequest request, string text, string how) => HtmlNode.Element("a", text).With("href", $"{request.Address(Path)}?check={how}");
}
