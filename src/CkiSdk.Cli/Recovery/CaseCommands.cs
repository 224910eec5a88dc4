using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Cli.Recovery;

/// <summary>Makes <c>cki recovery list</c>, <c>approve</c> and <c>refuse</c>, which work in the home of the CMA.</summary>
internal static class CaseCommands
{
    /// <summary>Makes <c>list</c>.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static PkiVerb List(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the CMA");
        return new PkiVerb("list", "Lists the requests for recovered keys.", "cki recovery list --home a --json") { path }.Does(output, error, async (parsed, cancellationToken) =>
        {
            using var log = new WarningLog(error);
            await using var host = await OpenAsync(parsed.GetValue(path)!, log, cancellationToken).ConfigureAwait(false);
            var listing = new PkiListing().With("cases");
            foreach (var found in await host.Authority.Recovery.ListAsync(cancellationToken).ConfigureAwait(false))
            {
                var (row, line) = Show(found);
                listing.Add("cases", row, line);
            }

            return listing.ToResult();
        });
    }

    /// <summary>Makes <c>approve</c>.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static PkiVerb Approve(TextWriter output, TextWriter error) => Decide(
        "approve", "Approves a request; a second person must do so, too.", "cki recovery approve --home a --case 0123456789abcdef --approver \"CN=Officer 1\"", (host, id, approver, stop) => host.Authority.Recovery.ApproveAsync(id, approver, stop), output, error);

    /// <summary>Makes <c>refuse</c>.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static PkiVerb Refuse(TextWriter output, TextWriter error) => Decide(
        "refuse", "Refuses a request for good.", "cki recovery refuse --home a --case 0123456789abcdef --approver \"CN=Officer 1\"", (host, id, approver, stop) => host.Authority.Recovery.RefuseAsync(id, approver, stop), output, error);

    private static PkiVerb Decide(
        string name, string description, string example, Func<CmaHost, string, string, CancellationToken, ValueTask> decide, TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the CMA");
        var id = new Option<string>("--case") { Description = "The case, as 'cki recovery list' names it.", HelpName = "ID", Required = true };
        var approver = new Option<string>("--approver") { Description = "Who decides; the audit log keeps it.", HelpName = "DN", Required = true };
        return new PkiVerb(name, description, example) { path, id, approver }.Does(output, error, async (parsed, cancellationToken) =>
        {
            using var log = new WarningLog(error);
            await using var host = await OpenAsync(parsed.GetValue(path)!, log, cancellationToken).ConfigureAwait(false);
            var case_ = parsed.GetValue(id)!;
            try
            {
                await decide(host, case_, PkiOptions.Name(parsed.GetValue(approver)!).Canonical, cancellationToken).ConfigureAwait(false);
            }
            catch (KeyNotFoundException exception)
            {
                throw CommandException.NotFound(exception.Message, innerException: exception);
            }
            catch (InvalidOperationException exception)
            {
                throw new CommandException(ExitCodes.Rejected, exception.Message, exception);
            }

            var found = (await host.Authority.Recovery.ListAsync(cancellationToken).ConfigureAwait(false)).First(known => known.Id == case_);
            var (row, line) = Show(found);
            return new PkiResult(row, line + "\n");
        });
    }

    private static Task<CmaHost> OpenAsync(string path, WarningLog log, CancellationToken cancellationToken)
    {
        var home = Home.Open(path, HomeKind.Cma);
        return home.Configuration.Recovery
            ? CmaHost.OpenAsync(home, new HostSettings(log), cancellationToken)
            : throw new CommandException(ExitCodes.Rejected, $"Key recovery is off in {home.Root}: \"recovery\": true in home.json turns it on (CKI Part 2 ¶121).");
    }

    private static (JsonObject Row, string Line) Show(RecoveryCase found)
    {
        var state = found.RefusedBy is { } refuser ? $"refused by {refuser}" : found.Approvers.Count >= new RecoveryOptions().Approvals ? "approved" : "waiting";
        var certificates = Certificates(found);
        var row = new JsonObject
        {
            ["case"] = found.Id,
            ["requester"] = found.Transaction.Sender,
            ["askedAt"] = ShowText.Iso(found.AskedAt),
            ["state"] = state,
            ["approvers"] = new JsonArray([.. found.Approvers.Select(approver => (JsonNode)approver)]),
            ["certificates"] = new JsonArray([.. certificates.Select(text => (JsonNode)text)]),
        };
        return (row, $"{found.Id}  {ShowText.Iso(found.AskedAt)}  {found.Transaction.Sender}  {state}{(found.Approvers.Count > 0 ? $" ({string.Join("; ", found.Approvers)})" : "")}  {string.Join("; ", certificates)}");
    }

    private static string[] Certificates(RecoveryCase found) => PKIBody.Decode(found.Body) is PKIBody.Krr { Value.FullCertTemplates.Value: { } templates }
        ? [.. templates.Select(template => template.CertTemplate.Subject is { } subject ? DistinguishedName.From(subject).ToString() : "?")]
        : [];
}
