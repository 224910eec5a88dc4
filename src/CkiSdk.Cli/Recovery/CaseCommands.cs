using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;

namespace CkiSdk.Cli.Recovery;

/// <summary>Makes <c>cki recovery list</c> and <c>show</c>, which work in the home of the CMA.</summary>
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
            var names = await NamesAsync(host, cancellationToken).ConfigureAwait(false);
            foreach (var found in await host.Authority.Recovery.ListAsync(cancellationToken).ConfigureAwait(false))
            {
                var (row, line) = Show(found, names);
                listing.Add("cases", row, line);
            }

            return listing.ToResult();
        });
    }

    /// <summary>Makes <c>show</c>.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static PkiVerb Show(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the CMA");
        var id = new Option<string>("--case") { Description = "The case, as 'cki recovery list' names it.", HelpName = "ID", Required = true };
        var (target, force) = (PkiOptions.Out(isRequired: true), PkiOptions.Force());
        return new PkiVerb("show", "Writes the form of a case, which the approvers read and sign.", "cki recovery show --home a --case 0123456789abcdef --out case.json") { path, id, target, force }.Does(output, error, async (parsed, cancellationToken) =>
        {
            using var log = new WarningLog(error);
            await using var host = await OpenAsync(parsed.GetValue(path)!, log, cancellationToken).ConfigureAwait(false);
            var found = (await host.Authority.Recovery.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(known => known.Id == parsed.GetValue(id))
                ?? throw CommandException.NotFound($"There is no recovery case {parsed.GetValue(id)}.");
            var (file, names) = (parsed.GetValue(target)!, await NamesAsync(host, cancellationToken).ConfigureAwait(false));
            await using (var staged = MessageFiles.Create(parsed, file, parsed.GetValue(force), isSecret: false))
            {
                await staged.Stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(RecoveryForm.Of(host.Home.Configuration.Name, names.Show(found.Transaction.Sender), found), RecoveryJson.Default.RecoveryForm), cancellationToken).ConfigureAwait(false);
                await staged.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            var (row, line) = Show(found, names);
            return new PkiResult(row, file == "-" ? "" : $"{line}\nform: {file}\n");
        });
    }

    /// <summary>Reads the names that are known to a CMA.</summary>
    /// <param name="host">The CMA.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Task<KnownNames> NamesAsync(CmaHost host, CancellationToken cancellationToken) => KnownNames.ReadAsync(host.Home.Name, host.Store, cancellationToken);

    /// <summary>Opens the CMA of a home where key recovery is on.</summary>
    /// <param name="path">The home.</param>
    /// <param name="log">Where warnings go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Task<CmaHost> OpenAsync(string path, WarningLog log, CancellationToken cancellationToken)
    {
        var home = Home.Open(path, HomeKind.Cma);
        return home.Configuration.Recovery
            ? CmaHost.OpenAsync(home, new HostSettings(log), cancellationToken)
            : throw new CommandException(ExitCodes.Rejected, $"Key recovery is off in {home.Root}: \"recovery\": true in home.json turns it on (CKI Part 2 ¶121).");
    }

    /// <summary>Shows a case.</summary>
    /// <param name="found">The case.</param>
    /// <param name="names">Shows names.</param>
    public static (JsonObject Row, string Line) Show(RecoveryCase found, KnownNames names)
    {
        var approvers = found.Approvers.Select(names.Show).ToArray();
        var requester = names.Show(found.Transaction.Sender);
        var state = found.RefusedBy is { } refuser ? $"refused by {names.Show(refuser)}" : found.Approvers.Count >= new RecoveryOptions().Approvals ? "approved" : "waiting";
        var certificates = RecoveryForm.SubjectsOf(found.Body);
        var row = new JsonObject
        {
            ["case"] = found.Id,
            ["requester"] = requester,
            ["askedAt"] = ShowText.Iso(found.AskedAt),
            ["state"] = state,
            ["approvers"] = new JsonArray([.. approvers.Select(approver => (JsonNode)approver)]),
            ["certificates"] = new JsonArray([.. certificates.Select(text => (JsonNode)text)]),
        };
        return (row, $"{found.Id}  {ShowText.Iso(found.AskedAt)}  {requester}  {state}{(approvers.Length > 0 ? $" ({string.Join("; ", approvers)})" : "")}  {string.Join("; ", certificates)}");
    }
}
