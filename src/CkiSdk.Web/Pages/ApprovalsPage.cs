using CkiSdk.Protocol.Storage;
using CkiSdk.Web.Html;
using CkiSdk.Web.Options;
using CkiSdk.Web.State;

namespace CkiSdk.Web.Pages;

/// <summary>Shows the requests for recovered keys that wait; an approver decides about them here.</summary>
/// <param name="options">The configuration.</param>
internal sealed class ApprovalsPage(CmaPagesOptions options) : Page(Place, "Approvals")
{
    /// <summary>Its path below the root.</summary>
    public const string Place = "/approvals";

    /// <summary>Where the form goes that approves.</summary>
    public const string Approve = "/approve";

    /// <summary>Where the form goes that refuses.</summary>
    public const string Refuse = "/refuse";

    /// <summary>The name of the field with the case.</summary>
    public const string CaseField = "case";

    /// <inheritdoc/>
    public override async Task<HtmlNode> BodyAsync(PageRequest request)
    {
        if (options.Recovery is not { } recovery)
        {
            return HtmlNode.Element("p", "Key recovery is off at this CMA.");
        }

        var cases = await options.Cma.Recovery.ListAsync(request.Cancel).ConfigureAwait(false);
        var waiting = cases.Where(found => found.RefusedBy is null && found.Approvers.Count < recovery.Approvals).ToArray();
        var decided = cases.Except(waiting).Reverse().Take(options.RowsPerPage).ToArray();
        return HtmlNode.Group(
            waiting.Length == 0 ? HtmlNode.Element("p", "No request waits.") : HtmlNode.Element("p", $"{waiting.Length} requests wait; each needs {recovery.Approvals} different approvers."),
            HtmlNode.Group(waiting.Skip((request.Number - 1) * options.RowsPerPage).Take(options.RowsPerPage).Select(found => Waiting(request, found, recovery.Approvals))),
            Parts.Pager(request, request.Address(Path), waiting.Length > request.Number * options.RowsPerPage),
            Parts.Table(
                "Requests that were decided, the newest first",
                ["Case", "Asked for by", "Asked for", "Decided"],
                [.. decided.Select(found => (HtmlNode[])[
                    HtmlNode.Element("code", found.Id), Parts.Name(request.Names.Show(found.Transaction.Sender)), Parts.Moment(found.AskedAt),
                    found.RefusedBy is { } refuser ? HtmlNode.Group("refused by ", Parts.Name(request.Names.Show(refuser))) : HtmlNode.Group("approved by ", Names(request, found.Approvers))])],
                "None was decided."));
    }

    private static HtmlNode Waiting(PageRequest request, RecoveryCase found, int approvals)
    {
        var keys = RequestedKey.Of(found.Body);
        var heading = $"case-{found.Id}";
        return HtmlNode.Element(
            "section",
            HtmlNode.Element("h2", $"Case {found.Id}").With("id", heading),
            HtmlNode.Element("p", "Asked for by ", Parts.Name(request.Names.Show(found.Transaction.Sender)), " at ", Parts.Moment(found.AskedAt), "."),
            Parts.Table(
                $"Keys that case {found.Id} asks for",
                ["Whose", "For", "Begins", "Ends"],
                [.. keys.Select(key => (HtmlNode[])[Parts.Name(key.Subject), key.Usage, Parts.Moment(key.Begin), Parts.Moment(key.End)])],
                "It asks for none."),
            HtmlNode.Element("p", $"{found.Approvers.Count} of {approvals} approvals", found.Approvers.Count == 0 ? "." : HtmlNode.Group(": ", Names(request, found.Approvers), ".")),
            MayDecide(request, found)
                ? HtmlNode.Group(
                    Parts.Form(request, Approve, "Approve", $"case {found.Id}", Parts.Hidden(CaseField, found.Id)),
                    Parts.Form(request, Refuse, "Refuse", $"case {found.Id}", Parts.Hidden(CaseField, found.Id)))
                : HtmlNode.Group()).With("aria-labelledby", heading);
    }

    // What is shown; whether it counts, the CMA decides.
    private static bool MayDecide(PageRequest request, RecoveryCase found) =>
        request.Visitor is { IsApprover: true, Peer: { } peer } && !found.Approvers.Contains(peer.Name.Canonical, StringComparer.Ordinal);

    private static HtmlNode Names(PageRequest request, IEnumerable<string> names) =>
        HtmlNode.Group(names.SelectMany((name, index) => (HtmlNode[])[index == 0 ? "" : "; ", Parts.Name(request.Names.Show(name))]));
}
