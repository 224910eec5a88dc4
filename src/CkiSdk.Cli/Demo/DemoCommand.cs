using System.CommandLine;
using System.Text.Json;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Demo;

/// <summary>Is <c>cki demo</c>: Annex C I–VII between two domains, for real, over TCP with TLS.</summary>
internal static class DemoCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the steps go, or the JSON document.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var folder = new Option<string?>("--folder") { Description = "An empty or new folder for the homes, certificates and messages; default: a new one under the temporary folder.", HelpName = "DIR" };
        var variant = new Option<string>("--variant") { Description = "How the domains get their common key: from a TLCMA (Annex C I), by exchange (II), or both one after the other.", DefaultValueFactory = _ => "both" };
        variant.AcceptOnlyFromAmong("tlcma", "peer", "both");
        var json = new Option<bool>("--json") { Description = "Print one JSON document instead of a line per step." };
        var command = new ExampleCommand("demo", "Plays Annex C between two domains: keys, certificates, a sealed message from A1 to B1, the revocation of B1.", "cki demo --folder two-domains --json") { folder, variant, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(folder), parsed.GetValue(variant)!, parsed.GetValue(json), output, error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? path, string variant, bool json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        DemoFolder? folder = null;
        var steps = new StepRecorder(json ? TextWriter.Null : output);
        try
        {
            folder = DemoFolder.Prepare(path);
            using var log = new WarningLog(error);
            await using var world = new DemoWorld(folder, variant, log);
            var files = await new DemoScenario(world, steps).RunAsync(cancellationToken).ConfigureAwait(false);
            await (json
                ? WriteAsync(new DemoReport(true, folder.Root, files, folder.Messages, steps.Steps, null), output)
                : WriteFilesAsync(files, folder, output)).ConfigureAwait(false);
            return ExitCodes.Ok;
        }
        catch (Exception exception)
        {
            await Failures.WriteAsync(exception, error).ConfigureAwait(false);
            if (json)
            {
                await WriteAsync(DemoReport.Failed(folder?.Root ?? path ?? "", folder?.Messages ?? [], steps.Steps, Failures.Line(exception)), output).ConfigureAwait(false);
            }

            return Failures.ExitCode(exception);
        }
    }

    private static Task WriteFilesAsync(DemoFiles files, DemoFolder folder, TextWriter output) => output.WriteLineAsync($"""

        CMA certificate       {files.CmaCertificate}
        send certificate      {files.SendCertificate}
        receive certificate   {files.ReceiveCertificate}
        sealed message        {files.SealedMessage}
        opened message        {files.OpenedMessage}
        CRL                   {files.Crl}
        folder                {folder.Root}
        """);

    private static Task WriteAsync(DemoReport report, TextWriter output) =>
        output.WriteLineAsync(JsonSerializer.Serialize(report, DemoJson.Default.DemoReport));
}
