using CkiSdk.Web.Access;
using CkiSdk.Web.Html;

namespace CkiSdk.Web.Pages;

/// <summary>Makes what is around every page: head, the links to all pages, who looks at it.</summary>
/// <param name="authority">The name of the CMA.</param>
/// <param name="pages">The pages.</param>
internal sealed class PageFrame(string authority, IReadOnlyList<(string Path, string Title)> pages)
{
    /// <summary>Makes a whole page.</summary>
    /// <param name="root">The path below which the pages are.</param>
    /// <param name="path">Which page it is; null for none of them.</param>
    /// <param name="title">Its heading.</param>
    /// <param name="visitor">Who looks at it; null for one who is not let in.</param>
    /// <param name="body">What is below the heading.</param>
    public string Make(string root, string? path, string title, Visitor? visitor, HtmlNode body)
    {
        var head = HtmlNode.Element(
            "head",
            HtmlNode.Element("meta").With("charset", "utf-8"),
            HtmlNode.Element("meta").With("name", "viewport").With("content", "width=device-width, initial-scale=1"),
            HtmlNode.Element("title", visitor is null ? title : $"{title} – {authority}"),
            HtmlNode.Element("link").With("rel", "stylesheet").With("href", $"{root}/style.css"));
        var main = HtmlNode.Element("main", HtmlNode.Element("h1", title), body).With("id", "main").With("tabindex", "-1");

        // Who is not let in learns nothing, not even whose pages they are.
        var content = visitor is null ? HtmlNode.Element("body", main) : HtmlNode.Element(
            "body",
            HtmlNode.Element("a", "To the content").With("href", "#main").With("class", "skip"),
            HtmlNode.Element("header", HtmlNode.Element("p", Parts.Name(authority)).With("class", "authority"), Links(root, path), HtmlNode.Element("p", WhoIs(visitor)).With("class", "visitor")),
            main);
        return $"<!DOCTYPE html>\n{HtmlNode.Element("html", head, content).With("lang", "en")}\n";
    }

    private HtmlNode Links(string root, string? path) => HtmlNode.Element("nav", HtmlNode.Element("ul", [.. pages.Select(page => HtmlNode.Element(
        "li", HtmlNode.Element("a", page.Title).With("href", $"{root}{page.Path}").WithIf(page.Path == path, "aria-current", "page")))])).With("aria-label", "Pages");

    private static HtmlNode WhoIs(Visitor visitor) => visitor.Peer is not { } peer
        ? "Read only: this connection tells nobody who you are. Changes need TLS and your certificate."
        : HtmlNode.Group("You are ", Parts.Name(peer.Name.ToString()), visitor switch
        {
            { IsOperator: true, IsApprover: true } => ", operator and approver.",
            { IsOperator: true } => ", operator.",
            _ => ", approver.",
        });
}
