using CkiSdk.Web.Html;
using CkiSdk.Web.Options;
using CkiSdk.Web.State;

namespace CkiSdk.Web.Pages;

/// <summary>Shows keys, certificates and lists with their ends, as a picture and as a table.</summary>
/// <param name="options">The configuration.</param>
/// <param name="state">Reads them.</param>
internal sealed class OverviewPage(CmaPagesOptions options, StateReader state) : Page("/", "Keys and certificates")
{
    /// <inheritdoc/>
    public override async Task<HtmlNode> BodyAsync(PageRequest request)
    {
        var periods = await state.ReadAsync(request.Names, request.Cancel).ConfigureAwait(false);
        var urgent = periods.Where(period => period.At(request.Now) is Standing.EndsSoon or Standing.Ended && !period.IsFollowed).ToArray();
        var notice = urgent.Length == 0
            ? HtmlNode.Element("p", "Nothing has ended that nothing follows, and nothing ends soon.").With("class", "good").With("role", "status")
            : HtmlNode.Element("ul", [.. urgent.Select(period => HtmlNode.Element("li", $"{period.Kind} ", Parts.Name(period.Name), period.At(request.Now) == Standing.Ended ? " has ended." : $" ends in {period.DaysLeft(request.Now)} days."))]).With("class", "bad").With("role", "alert");
        var picture = HtmlNode.Element(
            "figure",
            HtmlNode.Element("img").With("src", request.Address(TimelinePicture.Path)).With("alt", "Timeline of the keys, certificates and lists in the table below, from a quarter of a year ago on; a line marks today."),
            HtmlNode.Element("figcaption", "The times of the table below; the line is today."));
        var table = Parts.Table(
            "Keys, certificates and lists",
            ["Which", "What", "Begins", "Ends", "Days left", "State"],
            [.. periods.Select(period => (HtmlNode[])[Parts.Name(period.Name), period.Kind, Parts.Day(period.Begin), Parts.Day(period.End), $"{Math.Max(0, period.DaysLeft(request.Now))}", Words(period, request.Now)])],
            "There are none.");
        return HtmlNode.Group(await SummaryAsync(request).ConfigureAwait(false), notice, picture, table);
    }

    private async Task<HtmlNode> SummaryAsync(PageRequest request)
    {
        var users = await options.Store.ListUsersAsync(request.Cancel).ConfigureAwait(false);
        var revoked = users.Count(user => user.IsRevoked);
        var isRevoked = await options.Cma.Administration.IsRevokedAsync(request.Cancel).ConfigureAwait(false);
        return HtmlNode.Group(
            isRevoked ? HtmlNode.Element("p", "The certificate of this CMA is revoked: nobody takes what it issues.").With("class", "bad").With("role", "alert") : HtmlNode.Group(),
            HtmlNode.Element("p", $"{users.Count - revoked} users, {revoked} revoked."));
    }

    private static HtmlNode Words(Period period, DateTimeOffset now) => period.At(now) switch
    {
        Standing.Coming => HtmlNode.Element("span", "begins later").With("class", "coming"),
        Standing.InEffect => HtmlNode.Element("span", period.IsFollowed ? "in effect, followed" : "in effect").With("class", "good"),
        Standing.EndsSoon => HtmlNode.Element("span", "ends soon").With("class", "bad"),
        _ => HtmlNode.Element("span", "ended").With("class", "ended"),
    };
}
