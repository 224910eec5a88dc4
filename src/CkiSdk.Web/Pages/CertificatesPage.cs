using CkiSdk.Web.Html;
using CkiSdk.Web.Options;
using CkiSdk.Web.State;

namespace CkiSdk.Web.Pages;

/// <summary>Finds certificates by name or serial number.</summary>
/// <param name="options">The configuration.</param>
/// <param name="search">Finds them.</param>
internal sealed class CertificatesPage(CmaPagesOptions options, CertificateSearch search) : Page("/certificates", "Certificates")
{
    /// <summary>The name of the field that says what is looked for.</summary>
    public const string Field = "find";

    /// <inheritdoc/>
    public override async Task<HtmlNode> BodyAsync(PageRequest request)
    {
        var text = request[Field].Trim();
        var form = HtmlNode.Element(
            "form",
            HtmlNode.Element("label", "Name, part of the name of a user, or serial number ", HtmlNode.Element("input").With("type", "search").With("name", Field).With("value", text).With("maxlength", $"{CertificateSearch.LongestText}")),
            HtmlNode.Element("button", "Find")).With("method", "get").With("action", request.Address(Path)).With("role", "search");
        if (text.Length > CertificateSearch.LongestText)
        {
            return HtmlNode.Group(form, HtmlNode.Element("p", "No name is as long as this.").With("class", "bad").With("role", "alert"));
        }

        var (found, isCut) = await search.FindAsync(text, request.Cancel).ConfigureAwait(false);
        var shown = found.Skip((request.Number - 1) * options.RowsPerPage).Take(options.RowsPerPage).ToArray();
        var table = Parts.Table(
            text.Length == 0 ? "Certificates that end within 90 days" : $"{found.Count} certificates",
            ["Subject", "Serial number", "For", "Begins", "Ends", "State"],
            [.. shown.Select(certificate => Row(request, certificate))],
            text.Length == 0 ? "No certificate ends within 90 days." : "There is none.");
        return HtmlNode.Group(
            form,
            isCut ? HtmlNode.Element("p", $"More than {CertificateSearch.MostUsers} users have this in their names; the first are shown.") : HtmlNode.Group(),
            table,
            Parts.Pager(request, $"{request.Address(Path)}?{Field}={Uri.EscapeDataString(text)}", found.Count > request.Number * options.RowsPerPage));
    }

    private static HtmlNode[] Row(PageRequest request, FoundCertificate found) =>
    [
        Subject(request, found.Certificate.Subject.ToString()),
        HtmlNode.Element("code", found.Serial),
        found.Issued.Usage,
        Parts.Day(found.Certificate.NotBefore),
        Parts.Day(found.Certificate.NotAfter),
        found.StandingAt(request.Now),
    ];

    private static HtmlNode Subject(PageRequest request, string name) => request.Visitor.IsOperator
        ? HtmlNode.Element("a", Parts.Name(name)).With("href", $"{request.Address(RevokedPage.Place)}?{RevokedPage.UserField}={Uri.EscapeDataString(name)}")
        : Parts.Name(name);
}
