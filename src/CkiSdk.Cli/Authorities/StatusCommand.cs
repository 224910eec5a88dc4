using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;

namespace CkiSdk.Cli.Authorities;

/// <summary>Is <c>cki cma status</c> and <c>cki tlcma status</c>: what an authority has, what waits, and what ends soon.</summary>
internal static class StatusCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="kind">One of <see cref="HomeKind"/>.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(string kind, TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home($"the {kind.ToUpperInvariant()}");
        var days = NumberOptions.Make("--days", 30, 0, 36500, "What ends within so many days ends soon; exit code 8 says that something does.");
        return new PkiVerb("status", "Says what there is: domain, keys, users, certificates, outbox, peers, and what ends soon.", $"cki {kind} status --home {(kind == HomeKind.Cma ? "a" : "top")} --json") { path, days }.Does(output, error, async (parsed, cancellationToken) =>
        {
            var home = Home.Open(parsed.GetValue(path)!, kind);
            using var log = new WarningLog(error);
            await using var host = await RunCommand.OpenAsync(home, log, cancellationToken).ConfigureAwait(false);
            var now = TimeProvider.System.GetUtcNow();
            var status = new AuthorityStatus(host, now, now.AddDays(parsed.GetValue(days)));
            var json = await status.ReadAsync(cancellationToken).ConfigureAwait(false);
            return new PkiResult(json, Text(json), ExitCode: json["expiresSoon"]!.AsArray().Count > 0 ? ExitCodes.ExpiresSoon : ExitCodes.Ok);
        });
    }

    // The same in words: one line a value, lists with a line each.
    private static string Text(JsonObject json)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in json)
        {
            if (value is JsonArray rows)
            {
                text.Append(rows.Count == 0 ? $"{name}: none\n" : $"{name}:\n");
                foreach (var row in rows)
                {
                    text.Append("  ").Append(Failures.OneLine(row is JsonObject fields ? string.Join("  ", fields.Where(field => field.Value is not null).Select(field => $"{field.Key} {field.Value}")) : row!.ToString())).Append('\n');
                }
            }
            else if (value is not null)
            {
                text.Append(name).Append(": ").Append(Failures.OneLine(value.ToString())).Append('\n');
            }
        }

        return text.ToString();
    }
}
