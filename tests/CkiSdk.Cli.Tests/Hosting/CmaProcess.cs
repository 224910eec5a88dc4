using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Hosting;

/// <summary>Is <c>cki cma run</c> or <c>cki tlcma run</c> as a process of its own.</summary>
internal sealed class CmaProcess : IAsyncDisposable
{
    private readonly Process _process;

    private readonly JsonElement _places;

    private CmaProcess(Process process, JsonElement places) => (_process, _places) = (process, places);

    public IPEndPoint EndPoint => PlaceOf("listening");

    /// <summary>Gets where the web pages are; null where they are not shown.</summary>
    public Uri? Web => _places.TryGetProperty("web", out var web) ? new Uri(web.GetString()!) : null;

    /// <summary>Gets the number of the process.</summary>
    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts it and waits until it listens: at any free port, or with null where its home says. No file of it grows beyond a limit, in KiB, if there is one.</summary>
    public static async Task<CmaProcess> StartAsync(string home, string kind = "cma", string? listen = "127.0.0.1:0", string[]? more = null, long? fileLimit = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] command = [.. CkiProgram.Command, kind, "run", "--home", home, "--json", .. listen is null ? Array.Empty<string>() : ["--listen", listen], .. more ?? []];
        if (fileLimit is { } limit)
        {
            // As on a full disk a write fails, here with EFBIG, because the signal that would end the process is ignored.
            command = ["bash", "-c", $"trap '' XFSZ; ulimit -S -f {limit}; exec \"$@\"", "bash", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = fileLimit is null ? null : "0"; // whose memory counts as a large file
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal)) start.Environment[name] = value;
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var document = JsonDocument.Parse(line ?? "{}").RootElement;
        Assert.True(document.GetProperty("ok").GetBoolean(), line);
        return new CmaProcess(process, document);
    }

    /// <summary>Gets where it is reached by what it says about itself, such as "http".</summary>
    public IPEndPoint PlaceOf(string what) => IPEndPoint.Parse(_places.GetProperty(what).GetString()!);

    /// <summary>Lets its files grow again.</summary>
    public void LiftLimit() => ExternalProgram.RunOk("prlimit", ["--pid", Id.ToString(CultureInfo.InvariantCulture), "--fsize=unlimited:unlimited"]);

    /// <summary>Sends SIGTERM, if it runs still.</summary>
    public void Terminate() => _ = ExternalProgram.Run("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>Sends SIGTERM and returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Terminate();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Sends SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }
}
