using System.CommandLine;
using System.Text.Json;

namespace CkiSdk.Cli.Demo;

/// <summary>Is <c>cki demo</c>: one exchange between a user and his CMA, for real, on embedded defaults (CKI Part 2 Annex C III).</summary>
internal static class DemoCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the steps go, or the JSON document.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var folder = new Option<DirectoryInfo?>("--folder") { Description = "An empty or new folder for the keys, certificates and messages; default: a new one under the temporary folder.", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document instead of a line per step." };
        var command = new Command("demo", "Makes a CMA, enrols the user A1, and gets him a send certificate over TCP with TLS.") { folder, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(folder), parsed.GetValue(json), output, error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo? folder, bool json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        DemoFolder place;
        try
        {
            place = DemoFolder.Prepare(folder?.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"cki: {exception.Message}").ConfigureAwait(false);
            if (json)
            {
                await WriteAsync(new DemoReport(false, folder?.FullName ?? string.Empty, null, [], [], exception.Message), output).ConfigureAwait(false);
            }

            return ExitCodes.Usage;
        }

        var steps = new StepRecorder(json ? TextWriter.Null : output);
        var failure = await StepRecorder.RunAllAsync(() => DemoScenario.RunAsync(place, steps, cancellationToken)).ConfigureAwait(false);
        if (failure is not null)
        {
            await error.WriteLineAsync($"cki: {failure.Message}").ConfigureAwait(false);
        }

        var certificates = failure is null ? new DemoCertificates(place.CmaCertificate, place.SendCertificate) : null;
        if (json)
        {
            await WriteAsync(new DemoReport(failure is null, place.Root, certificates, place.Messages, steps.Steps, failure?.Message), output).ConfigureAwait(false);
        }
        else if (certificates is not null)
        {
            await output.WriteLineAsync($"\nCMA certificate   {certificates.CmaCertificate}\nsend certificate  {certificates.SendCertificate}\nfolder            {place.Root}").ConfigureAwait(false);
        }

        return DemoFailure.ExitCode(failure);
    }

    private static Task WriteAsync(DemoReport report, TextWriter output) =>
        output.WriteLineAsync(JsonSerializer.Serialize(report, DemoJson.Default.DemoReport));
}
