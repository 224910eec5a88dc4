using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Cli.Authorities;

/// <summary>Is <c>cki cma user</c>: who is in the domain, and who is revoked.</summary>
internal static class CmaUserCommand
{
    private static readonly Dictionary<string, RevokeUserReason> Reasons = new(StringComparer.Ordinal)
    {
        ["unspecified"] = RevokeUserReason.Unspecified,
        ["key-compromise"] = RevokeUserReason.KeyCompromise,
        ["black-listed"] = RevokeUserReason.UserBlackListed,
        ["affiliation-changed"] = RevokeUserReason.AffiliationChanged,
    };

    /// <summary>Creates the command with those below it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error) =>
        new ExampleCommand("user", "The users of the domain: enrolment, revocation.", "cki cma user list --home a")
        {
            EnrolmentCommand.Create(output, error),
            Revoke(output, error),
            Restore(output, error),
            List(output, error),
        };

    /// <summary>Names a reason as the command line does.</summary>
    /// <param name="reason">The number of the RevokeUserReason.</param>
    public static string NameOf(int reason) => Reasons.First(entry => (int)entry.Value == reason).Key;

    private static PkiVerb Revoke(TextWriter output, TextWriter error)
    {
        var (path, name) = Options();
        var reason = new Option<string>("--reason") { Description = "Why.", DefaultValueFactory = _ => "unspecified" };
        reason.AcceptOnlyFromAmong([.. Reasons.Keys]);
        return new PkiVerb("revoke", "Revokes a user: no new certificates, and those that are out go into the CRL.", "cki cma user revoke --home a --name \"CN=A1,O=Domain A,C=GB\" --reason key-compromise") { path, name, reason }.Does(
            output, error, (parsed, cancellationToken) => ChangeAsync(
                parsed.GetValue(path)!, parsed.GetValue(name)!, "revoked", (host, user) => host.Authority.Administration.RevokeAsync(user, Reasons[parsed.GetValue(reason)!], cancellationToken), error, cancellationToken));
    }

    private static PkiVerb Restore(TextWriter output, TextWriter error)
    {
        var (path, name) = Options();
        return new PkiVerb("restore", "Takes a revocation back: the next revoked user list is one without the user, who gets a new seed key.", "cki cma user restore --home a --name \"CN=A1,O=Domain A,C=GB\"") { path, name }.Does(
            output, error, (parsed, cancellationToken) => ChangeAsync(
                parsed.GetValue(path)!, parsed.GetValue(name)!, "restored", (host, user) => host.Authority.Administration.RestoreAsync(user, cancellationToken), error, cancellationToken));
    }

    private static async Task<PkiResult> ChangeAsync(
        string path, string name, string done, Func<CmaHost, DistinguishedName, ValueTask<bool>> change, TextWriter error, CancellationToken cancellationToken)
    {
        var user = PkiOptions.Name(name);
        using var log = new WarningLog(error);
        await using var host = await CmaHost.OpenAsync(Home.Open(path, HomeKind.Cma), new HostSettings(log), cancellationToken).ConfigureAwait(false);
        try
        {
            return await change(host, user).ConfigureAwait(false)
                ? new PkiResult(new JsonObject { ["user"] = user.ToString(), ["state"] = done }, $"{user} is {done}; the running CMA tells those concerned\n")
                : throw CommandException.NotFound($"{user} is not enrolled.");
        }
        catch (InvalidOperationException exception)
        {
            // It holds here, and other domains are not told: the list is longer than a message.
            throw new CommandException(ExitCodes.Rejected, exception.Message, exception);
        }
    }

    private static PkiVerb List(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the CMA");
        return new PkiVerb("list", "Lists the users.", "cki cma user list --home a --json") { path }.Does(output, error, async (parsed, cancellationToken) =>
        {
            using var log = new WarningLog(error);
            await using var host = await CmaHost.OpenAsync(Home.Open(parsed.GetValue(path)!, HomeKind.Cma), new HostSettings(log), cancellationToken).ConfigureAwait(false);
            var listing = new PkiListing().With("users");
            foreach (var user in await host.Store.ListUsersAsync(cancellationToken).ConfigureAwait(false))
            {
                var revoked = user.IsRevoked ? await host.Store.FindRevokedUserAsync(user.CanonicalName, cancellationToken).ConfigureAwait(false) : null;
                var send = await host.Store.ListCertificatesAsync(user.CanonicalName, IssuedCertificate.Send, TimeProvider.System.GetUtcNow(), cancellationToken).ConfigureAwait(false);
                var name = DistinguishedName.Decode(user.Name).ToString();
                var until = send.Count > 0 ? ShowText.Iso(send[0].NotAfter) : null;
                listing.Add(
                    "users",
                    new JsonObject { ["name"] = name, ["state"] = user.IsRevoked ? "revoked" : "enrolled", ["reason"] = revoked is null ? null : NameOf(revoked.Reason), ["sendCertificateUntil"] = until },
                    $"{name}  {(revoked is null ? "enrolled" : $"revoked: {NameOf(revoked.Reason)}")}{(until is null ? "" : $"  send certificate until {until}")}");
            }

            return listing.ToResult();
        });
    }

    private static (Option<string> Home, Option<string> Name) Options() => (
        HomeOptions.Home("the CMA"),
        new Option<string>("--name") { Description = "The user's name.", HelpName = "DN", Required = true });
}
