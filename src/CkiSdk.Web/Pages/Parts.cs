using System.Globalization;
using CkiSdk.Web.Access;
using CkiSdk.Web.Html;

namespace CkiSdk.Web.Pages;

/// <summary>Makes what several pages have: tables, forms, times.</summary>
internal static class Parts
{
    /// <summary>Makes a table, or a sentence where it has no rows.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="columns">The headings of its columns.</param>
    /// <param name="rows">Its rows; the first cell of each is its heading.</param>
    /// <param name="none">What is said where there are none.</param>
    public static HtmlNode Table(string caption, IEnumerable<string> columns, IReadOnlyList<HtmlNode[]> rows, string none) => rows.Count == 0
        ? HtmlNode.Element("p", none)
        : HtmlNode.Element(
            "table",
            HtmlNode.Element("caption", caption),
            HtmlNode.Element("thead", HtmlNode.Element("tr", [.. columns.Select(column => HtmlNode.Element("th", column).With("scope", "col"))])),
            HtmlNode.Element("tbody", [.. rows.Select(Row)]));

    /// <summary>Makes a name: its direction of writing turns nothing around it.</summary>
    /// <param name="name">The name.</param>
    public static HtmlNode Name(string name) => HtmlNode.Element("bdi", name);

    /// <summary>Makes a day.</summary>
    /// <param name="time">The time; null for none.</param>
    public static HtmlNode Day(DateTimeOffset? time) => Time(time, "yyyy-MM-dd");

    /// <summary>Makes a time, to the second.</summary>
    /// <param name="time">The time.</param>
    public static HtmlNode Moment(DateTimeOffset? time) => Time(time, "yyyy-MM-dd HH:mm:ss");

    /// <summary>Makes the links to the pages of a long table before and after.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="address">The address of the table, with its query.</param>
    /// <param name="hasMore">Whether there are further rows.</param>
    public static HtmlNode Pager(PageRequest request, string address, bool hasMore)
    {
        var join = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        HtmlNode To(int number, string text, string relation) =>
            HtmlNode.Element("a", text).With("href", string.Create(CultureInfo.InvariantCulture, $"{address}{join}page={number}")).With("rel", relation);
        List<HtmlNode> links = [];
        if (request.Number > 1)
        {
            links.Add(To(request.Number - 1, "Page before", "prev"));
        }

        if (hasMore)
        {
            links.Add(To(request.Number + 1, "Next page", "next"));
        }

        return links.Count == 0 ? HtmlNode.Group() : HtmlNode.Element("nav", [.. links]).With("aria-label", "Pages of the table").With("class", "pager");
    }

    /// <summary>Makes a form that changes something: its fields, why, and the token.</summary>
    /// <param name="request">What is asked for; of a visitor with a certificate.</param>
    /// <param name="path">Where it goes, below the root.</param>
    /// <param name="button">What its button says.</param>
    /// <param name="about">Whom or what it is about, for those who only hear it.</param>
    /// <param name="fields">Its own fields.</param>
    public static HtmlNode Form(PageRequest request, string path, string button, string about, params HtmlNode[] fields) => HtmlNode.Element(
        "form",
        [
            Hidden(ChangeForm.TokenField, request.Tokens.Create(request.Visitor.Peer!, path)),
            .. fields,
            HtmlNode.Element(
                "label",
                "Why ",
                HtmlNode.Element("input").With("name", ChangeForm.ReasonField).With("required").With("maxlength", ChangeForm.LongestReason.ToString(CultureInfo.InvariantCulture)).With("autocomplete", "off").With("aria-label", $"Why: {button} {about}")),
            HtmlNode.Element("button", button).With("aria-label", $"{button} {about}"),
        ]).With("method", "post").With("action", request.Address(path)).With("accept-charset", "utf-8");

    /// <summary>Makes a field that is not seen.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static HtmlNode Hidden(string name, string value) => HtmlNode.Element("input").WithHidden(name, value);

    private static HtmlNode Time(DateTimeOffset? time, string format) => time is { } moment
        ? HtmlNode.Element("time", moment.UtcDateTime.ToString(format, CultureInfo.InvariantCulture)).With("datetime", moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
        : "not said";

    private static HtmlNode Row(HtmlNode[] cells) => HtmlNode.Element(
        "tr", [.. cells.Select((cell, index) => index == 0 ? HtmlNode.Element("th", cell).With("scope", "row") : HtmlNode.Element("td", cell))]);
}
