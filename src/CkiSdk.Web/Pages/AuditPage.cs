using System.Globalization;
using CkiSdk.Protocol.Storage;
using CkiSdk.Web.Html;
using CkiSdk.Web.Options;

namespace CkiSdk.Web.Pages;

/// <summary>Shows the audit log, the newest entries first, and checks its chain.</summary>
/// <param name="options">The configuration.</param>
/// <param name="one">Lets one in at a time: the log is read as a whole, and many who look at it would fill the memory.</param>
internal sealed class AuditPage(CmaPagesOptions options, SemaphoreSlim one) : Page("/audit", "Audit log")
{
    /// <inheritdoc/>
    public override async Task<HtmlNode> BodyAsync(PageRequest request)
    {
        await one.WaitAsync(request.Cancel).ConfigureAwait(false);
        try
        {
            var log = await options.Store.ReadAuditAsync(request.Cancel).ConfigureAwait(false);
            var shown = log.Links.Reverse().Skip((request.Number - 1) * options.RowsPerPage).Take(options.RowsPerPage);
            return HtmlNode.Group(
                Check(request, log),
                Parts.Table(
                    $"{log.Links.Count} entries, the newest first",
                    ["Number", "When (UTC)", "What", "Who", "About"],
                    [.. shown.Select(link => (HtmlNode[])[
                        link.Number.ToString(CultureInfo.InvariantCulture), Parts.Moment(link.Entry.At), HtmlNode.Element("code", link.Entry.Event),
                        Parts.Name(request.Names.Show(link.Entry.Party)), Parts.Name(request.Names.Show(link.Entry.Detail))])],
                    "There are no entries."),
                Parts.Pager(request, request.Address(Path), log.Links.Count > (long)request.Number * options.RowsPerPage));
        }
        finally
        {
            one.Release();
        }
    }

    private HtmlNode Check(PageRequest request, AuditLog log)
    {
        var link = HtmlNode.Element("p", HtmlNode.Element("a", "Check every entry now").With("href", $"{request.Address(Path)}?check=1"));
        if (request["check"] != "1")
        {
            return link;
        }

        var finding = AuditChain.Verify(log);
        return finding.IsIntact
            ? HtmlNode.Element(
                "div",
                HtmlNode.Element("p", $"{finding.Entries} entries, all as they were written."),
                HtmlNode.Element("p", "Head ", HtmlNode.Element("code", $"{finding.Head}"), ": keep it elsewhere, and a later 'cki audit verify --noted' finds out whether the end was cut off.")).With("class", "good").With("role", "status")
            : HtmlNode.Element("p", $"Broken at entry {finding.BrokenAt}: {finding.Reason}.").With("class", "bad").With("role", "alert");
    }
}
