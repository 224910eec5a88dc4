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

    private CmaProcess(Process process, IPEndPoint endPoint)
    {
        _process = process;
        EndPoint = endPoint;
    }

    public IPEndPoint EndPoint { get; }

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts it and waits until it listens: at any free port, or with null where its home says.</summary>
    public static async Task<CmaProcess> StartAsync(string home, string kind = "cma", string? listen = "127.0.0.1:0", params string[] more)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [CkiProgram.Assembly, kind, "run", "--home", home, "--json", .. listen is null ? Array.Empty<string>() : ["--listen", listen], .. more])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var document = JsonDocument.Parse(line ?? "{}").RootElement;
        Assert.True(document.GetProperty("ok").GetBoolean(), line);
        return new CmaProcess(process, IPEndPoint.Parse(document.GetProperty("listening").GetString()!));
    }

    /// <summary>Sends SIGTERM and returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        ExternalProgram.RunOk("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
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
