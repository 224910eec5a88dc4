using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;

namespace CkiSdk.Cli.Doctor;

/// <summary>Is <c>cki doctor</c>: checks a home and says what to do.</summary>
internal static class DoctorCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("a CMA, a TLCMA or a user");
        var days = NumberOptions.Make("--days", 30, 0, 36500, "What ends within so many days ends soon.");
        var verb = new PkiVerb("doctor", "Checks a home: permissions, clock, keys, store, certificates, port, the other parties. Each is a line 'ok' or 'bad' with what to do.", "cki doctor --home a") { path, days };
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var home = Home.Open(parsed.GetValue(path)!);
            using var log = new WarningLog(TextWriter.Null);
            var examination = new Examination(home, log, TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(parsed.GetValue(days)));
            return Result(await examination.RunAsync(cancellationToken).ConfigureAwait(false));
        });
    }

    private static PkiResult Result(IReadOnlyList<Finding> findings)
    {
        var listing = new PkiListing().With("checks");
        foreach (var finding in findings)
        {
            listing.Add(
                "checks",
                new JsonObject { ["check"] = finding.Check, ["state"] = finding.State, ["detail"] = finding.Detail, ["remedy"] = finding.Remedy },
                $"{(finding.State == Finding.Ok ? "ok " : finding.State == Finding.Soon ? "soon" : "bad"),-4} {finding.Check}: {finding.Detail}{(finding.Remedy is null ? "" : $" -> {finding.Remedy}")}");
        }

        var code = findings.Any(finding => finding.State == Finding.Bad) ? ExitCodes.CheckFailed
            : findings.Any(finding => finding.State == Finding.Unreachable) ? ExitCodes.Transport
            : findings.Any(finding => finding.State == Finding.Soon) ? ExitCodes.ExpiresSoon
            : ExitCodes.Ok;
        return listing.ToResult() with { ExitCode = code };
    }
}
