using System.CommandLine;
using System.Net;
using System.Text.Json;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Cli.Hosting;

/// <summary>Is <c>cki cma</c>: what concerns a CMA whose keys and records lie in a folder.</summary>
internal static class CmaCommand
{
    private static readonly IPEndPoint AnyLoopbackPort = new(IPAddress.Loopback, 0);

    /// <summary>Creates the command.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var folder = new Option<string>("--folder") { Description = "The folder of the CMA, such as 'cki demo' leaves behind.", HelpName = "DIR", Required = true };
        var listen = new Option<string?>("--listen") { Description = "Where to listen; default: any free port of 127.0.0.1.", HelpName = "ADDRESS:PORT" };
        var json = new Option<bool>("--json") { Description = "Print the line about where it listens as one JSON document." };
        var run = new Command("run", "Serves the users of a CMA over TCP with TLS 1.3, until Ctrl-C or SIGTERM.") { folder, listen, json };
        run.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(folder)!, parsed.GetValue(listen), parsed.GetValue(json), output, error, cancellationToken));
        return new Command("cma", "Runs a certificate management authority.") { run };
    }

    private static async Task<int> RunAsync(string folder, string? listen, bool json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            await ServeAsync(folder, listen, json, output, error, cancellationToken).ConfigureAwait(false);
            return ExitCodes.Ok;
        }
        catch (Exception exception)
        {
            await Failures.WriteAsync(exception, error).ConfigureAwait(false);
            if (json)
            {
                await WriteAsync(new CmaRunReport(false, null, null, Failures.Line(exception)), output).ConfigureAwait(false);
            }

            return Failures.ExitCode(exception);
        }
    }

    private static async Task ServeAsync(string path, string? listen, bool json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var endPoint = listen is null ? AnyLoopbackPort : Parse(listen);
        var folder = new CmaFolder(path.Length > 0 ? Path.GetFullPath(path) : throw CommandException.Usage("--folder names no folder."));
        var provider = CryptoProviders.Software;
        var identity = await folder.ReadAsync(provider, TimeProvider.System.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        folder.RequireDatabase();
        using var log = new WarningLog(error);
        await using var host = await CmaHost.OpenAsync(folder, identity, provider, log, cancellationToken).ConfigureAwait(false);
        var listening = await host.ListenAsync(endPoint, cancellationToken).ConfigureAwait(false);
        var name = identity.Certificate.Subject.ToString();
        await (json
            ? WriteAsync(new CmaRunReport(true, name, listening.ToString(), null), output)
            : output.WriteLineAsync($"✓ {Failures.OneLine(name)} listens at {listening}")).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);

        // Only a signal ends it; that is the way to stop a service and no failure.
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static IPEndPoint Parse(string listen) =>
        IPEndPoint.TryParse(listen, out var endPoint) && !IPAddress.TryParse(listen, out _)
            ? endPoint
            : throw CommandException.Usage($"--listen: '{listen}' is no address with a port, such as 127.0.0.1:829 or [::1]:829.");

    private static Task WriteAsync(CmaRunReport report, TextWriter output) =>
        output.WriteLineAsync(JsonSerializer.Serialize(report, CmaRunJson.Default.CmaRunReport));
}
