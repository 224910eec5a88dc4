using System.CommandLine;
using System.Text.Json;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Demo;

/// <summary>Is <c>cki demo</c>: one exchange between a user and his CMA, for real, on embedded defaults (CKI Part 2 Annex C III).</summary>
internal static class DemoCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the steps go, or the JSON document.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var folder = new Option<string?>("--folder") { Description = "An empty or new folder for the keys, certificates and messages; default: a new one under the temporary folder.", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document instead of a line per step." };
        var command = new Command("demo", "Makes a CMA, enrols the user A1, and gets him a send certificate over TCP with TLS.") { folder, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(folder), parsed.GetValue(json), output, error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? path, bool json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        DemoFolder? folder = null;
        var steps = new StepRecorder(json ? TextWriter.Null : output);
        try
        {
            folder = DemoFolder.Prepare(path);
            using var log = new WarningLog(error);
            await DemoScenario.RunAsync(folder, steps, log, cancellationToken).ConfigureAwait(false);
            var files = new DemoCertificates(folder.Cma.Certificate, folder.SendCertificate);
            await (json
                ? WriteAsync(new DemoReport(true, folder.Root, files, folder.Messages, steps.Steps, null), output)
                : output.WriteLineAsync($"\nCMA certificate   {files.CmaCertificate}\nsend certificate  {files.SendCertificate}\nfolder            {folder.Root}")).ConfigureAwait(false);
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

    private static Task WriteAsync(DemoReport report, TextWriter output) =>
        output.WriteLineAsync(JsonSerializer.Serialize(report, DemoJson.Default.DemoReport));
}
