using System.Diagnostics;
using System.Text;
using CkiSdk.Cli.Tests.Domains;
using CkiSdk.Cli.Tests.Hosting;

namespace CkiSdk.Cli.Tests.Service;

/// <summary>Shows traces that join a user with his CMA and a CMA with its TLCMA, and metrics, at a collector of OTLP.</summary>
public sealed class TelemetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trace_GoesOn_FromPartyToParty_OverHttp()
    {
        using var collector = new Collector();
        var (top, a) = (TwoDomains.FreePort(), TwoDomains.FreePort());
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: true, new At(top, a));
        await using var tlcma = await CmaProcess.StartAsync(domains.PathOf("top"), "tlcma", more: ["--http", top, "--otlp", collector.Address]);
        await using var cma = await CmaProcess.StartAsync(domains.PathOf("a"), "cma", more: ["--http", a, "--otlp", collector.Address]);
        string[] add = ["cma", "user", "add", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a1"), "--out", domains.PathOf("a1.json")];
        await TwoDomains.UntilAsync("a local key", async () => (await CkiProgram.RunInsideAsync(add)).Code == 0);
        await EnrollAsync(domains, a, collector.Address);
        Assert.Equal(0, await cma.StopAsync());
        Assert.Equal(0, await tlcma.StopAsync());

        var traces = collector.Spans.GroupBy(span => span.Trace).Select(trace => trace.Select(span => $"{span.Service} {span.Name}").ToHashSet(StringComparer.Ordinal)).ToList();
        var told = string.Join('\n', traces.Select(trace => string.Join(", ", trace)));
        Assert.True(traces.Exists(trace => trace.IsSupersetOf(["cki cki user enroll", "cki cki.request", "cki-cma cki.handle"])), told);
        Assert.True(traces.Exists(trace => trace.IsSupersetOf(["cki-cma cki.request", "cki-tlcma cki.handle"])), told);
        Assert.Contains(collector.Received, received => received.Path == "/v1/metrics" && Encoding.UTF8.GetString(received.Content).Contains("cki.server.duration", StringComparison.Ordinal));
        Assert.Contains(collector.Received, received => received.Path == "/v1/metrics" && Encoding.UTF8.GetString(received.Content).Contains("dotnet.gc.last_collection.heap.size", StringComparison.Ordinal));
        var secret = (await File.ReadAllTextAsync(domains.PathOf("a1.json.secret"), Cancel)).Trim();
        Assert.DoesNotContain(collector.Received, received => Encoding.UTF8.GetString(received.Content).Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Collector_ThatIsNone_IsNamed_AndOneThatIsAway_HoldsUpNobody()
    {
        using var domain = await TestDomain.CreateAsync();
        var (code, _, error) = await CkiProgram.RunInsideAsync(["cma", "run", "--home", domain.Path, "--otlp", "collector"]);
        Assert.Equal(2, code);
        Assert.Contains("--otlp", error, StringComparison.Ordinal);
        await using var cma = await CmaProcess.StartAsync(domain.Path, more: ["--otlp", $"http://{TwoDomains.FreePort()}"]);
        await domain.AssertServesAsync(cma.EndPoint);
        Assert.Equal(0, await cma.StopAsync());
    }

    // Another process, because the environment belongs to all tests of this one.
    private static async Task EnrollAsync(TwoDomains domains, string http, string collector)
    {
        string[] words = [CkiProgram.Assembly, "user", "enroll", "--home", domains.PathOf("a1"), "--in", domains.PathOf("a1.json"), "--password-file", domains.PathOf("a1.json.secret"), "--route", $"https://{http}"];
        for (var attempt = 0; ; attempt++)
        {
            var start = new ProcessStartInfo("dotnet", words) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
            start.Environment["CKI_OTLP"] = collector;
            using var process = Process.Start(start)!;
            var error = await process.StandardError.ReadToEndAsync(Cancel);
            await process.WaitForExitAsync(Cancel);
            if (process.ExitCode == 0) return;
            Assert.True(attempt < 20, $"{process.ExitCode} {error}"); // the CMA may still be waiting for its keys
            await Task.Delay(500, Cancel);
        }
    }

    private sealed class At(string top, string a) : TestWay
    {
        public override string RouteTo(TwoDomains domains, string authority) => $"https://{(authority == "top" ? top : a)}";

        public override string[] Serve(TwoDomains domains, string authority) => [];
    }
}
