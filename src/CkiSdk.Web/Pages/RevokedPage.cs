using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;
using CkiSdk.Web.Html;
using CkiSdk.Web.Options;

namespace CkiSdk.Web.Pages;

/// <summary>Shows the revoked users of the domain; an operator revokes and restores users here.</summary>
/// <param name="options">The configuration.</param>
internal sealed class RevokedPage(CmaPagesOptions options) : Page(Place, "Revoked users")
{
    /// <summary>Its path below the root.</summary>
    public const string Place = "/revoked";

    /// <summary>Where the form goes that revokes.</summary>
    public const string Revoke = "/revoke";

    /// <summary>Where the form goes that restores.</summary>
    public const string Restore = "/restore";

    /// <summary>The name of the field with the user.</summary>
    public const string UserField = "user";

    /// <summary>The name of the field with the reason that other domains are told.</summary>
    public const string CodeField = "reason";

    /// <summary>Gets the reasons with their words.</summary>
    public static IReadOnlyDictionary<string, (RevokeUserReason Reason, string Words)> Reasons { get; } = new Dictionary<string, (RevokeUserReason, string)>(StringComparer.Ordinal)
    {
        ["unspecified"] = (RevokeUserReason.Unspecified, "not specified"),
        ["key-compromise"] = (RevokeUserReason.KeyCompromise, "somebody else may have his keys"),
        ["black-listed"] = (RevokeUserReason.UserBlackListed, "black-listed"),
        ["affiliation-changed"] = (RevokeUserReason.AffiliationChanged, "he has left or moved"),
    };

    /// <inheritdoc/>
    public override async Task<HtmlNode> BodyAsync(PageRequest request)
    {
        var users = (await options.Store.ListUsersAsync(request.Cancel).ConfigureAwait(false)).Where(user => user.IsRevoked).ToArray();
        List<HtmlNode[]> rows = [];
        foreach (var user in users.Skip((request.Number - 1) * options.RowsPerPage).Take(options.RowsPerPage))
        {
            rows.Add(await RowAsync(request, user).ConfigureAwait(false));
        }

        var table = Parts.Table(
            $"{users.Length} revoked users", request.Visitor.IsOperator ? ["User", "Reason", "Take back"] : ["User", "Reason"], rows, "No user is revoked.");
        return HtmlNode.Group(table, Parts.Pager(request, request.Address(Path), users.Length > request.Number * options.RowsPerPage), request.Visitor.IsOperator ? NewRevocation(request) : HtmlNode.Group());
    }

    private async Task<HtmlNode[]> RowAsync(PageRequest request, EnrolledUser user)
    {
        var revoked = await options.Store.FindRevokedUserAsync(user.CanonicalName, request.Cancel).ConfigureAwait(false);
        var reason = Reasons.Values.FirstOrDefault(known => (int)known.Reason == revoked?.Reason).Words ?? "another";
        var name = DistinguishedName.Decode(user.Name).ToString();
        return request.Visitor.IsOperator
            ? [Parts.Name(name), reason, Parts.Form(request, Restore, "Restore", name, Parts.Hidden(UserField, name))]
            : [Parts.Name(name), reason];
    }

    private static HtmlNode NewRevocation(PageRequest request) => HtmlNode.Element(
        "section",
        HtmlNode.Element("h2", "Revoke a user"),
        HtmlNode.Element("p", "He gets no certificates any more, those that are out go into the CRL, and the other domains are told."),
        Parts.Form(
            request,
            Revoke,
            "Revoke",
            "this user",
            HtmlNode.Element("label", "User ", HtmlNode.Element("input").With("name", UserField).With("value", request[UserField]).With("required").With("maxlength", "2000").With("size", "60").With("autocomplete", "off")),
            HtmlNode.Element("label", "Reason ", HtmlNode.Element("select", [.. Reasons.Select(reason => HtmlNode.Element("option", reason.Value.Words).With("value", reason.Key))]).With("name", CodeField))));
}
