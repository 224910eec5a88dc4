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

        var (traces, told) = TracesOf(collector);
        Assert.True(traces.Exists(trace => trace.IsSupersetOf(["cki cki user enroll", "cki cki.request", "cki-cma cki.handle"])), told);
        Assert.True(traces.Exists(trace => trace.IsSupersetOf(["cki-cma cki.request", "cki-tlcma cki.handle"])), told);
        Assert.Contains(collector.Received, received => received.Path == "/v1/metrics" && Encoding.UTF8.GetString(received.Content).Contains("cki.server.duration", StringComparison.Ordinal));
        Assert.Contains(collector.Received, received => received.Path == "/v1/metrics" && Encoding.UTF8.GetString(received.Content).Contains("dotnet.gc.last_collection.heap.size", StringComparison.Ordinal));
        var secret = (await File.ReadAllTextAsync(domains.PathOf("a1.json.secret"), Cancel)).Trim();
        Assert.DoesNotContain(collector.Received, received => Encoding.UTF8.GetString(received.Content).Contains(secret, StringComparison.Ordinal));
    }

    // Nobody has told CMA A of domain B: a user names one of its users, and the TLCMA supplies the key.
    [Theory]
    [InlineData("TCP")]
    [InlineData("HTTP")]
    [InlineData("files")]
    public async Task OneTrace_JoinsAUser_HisCma_AndTheTlcma(string carrier)
    {
        using var collector = new Collector();
        TestWay? way = carrier switch { "HTTP" => new HttpTestWay(), "files" => new SpoolWay(), _ => null };
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: true, new Traced(way, collector), areIntroduced: false);
        await domains.StartAsync("top", "a");
        await TwoDomains.UntilAsync("a local key", async () => (await Holdings.KeysAsync(domains, "a")).Length > 0);
        await domains.EnrolAsync("a1");
        var plain = domains.PathOf("plain");
        await File.WriteAllTextAsync(plain, "x", Cancel);
        var (code, error) = await RunAsync(collector.Address, "user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("b1"), "--in", plain, "--out", domains.PathOf("x.cki"));
        Assert.True(code == 0, error);
        Assert.Contains(await Holdings.KeysAsync(domains, "a"), key => key.Stored.ExternalCma == Holdings.NameOf("b").Canonical);
        Assert.Contains("is in no domain that this CMA knows", await TwoDomains.Fails(3, "user", "seal", "--home", domains.PathOf("a1"), "--to", "CN=C1,O=Domain C,C=GB", "--in", plain, "--out", domains.PathOf("y.cki")), StringComparison.Ordinal);
        await domains.StopAsync("a");
        await domains.StopAsync("top");

        var (traces, told) = TracesOf(collector);
        string[] whole = ["cki cki user seal", "cki cki.request", "cki-cma cki.handle", "cki-cma cki.request", "cki-tlcma cki.handle"];
        Assert.True(traces.Count(trace => trace.IsSupersetOf(whole)) == 1, told);
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

    private static async Task EnrollAsync(TwoDomains domains, string http, string collector)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (code, error) = await RunAsync(collector, "user", "enroll", "--home", domains.PathOf("a1"), "--in", domains.PathOf("a1.json"), "--password-file", domains.PathOf("a1.json.secret"), "--route", $"https://{http}");
            if (code == 0) return;
            Assert.True(attempt < 20, $"{code} {error}"); // the CMA may still be waiting for its keys
            await Task.Delay(500, Cancel);
        }
    }

    // Another process, because the environment belongs to all tests of this one.
    private static async Task<(int Code, string Error)> RunAsync(string collector, params string[] words)
    {
        var start = new ProcessStartInfo(CkiProgram.Command[0], [.. CkiProgram.Command[1..], .. words]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["CKI_OTLP"] = collector;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, error);
    }

    private static (List<HashSet<string>> Traces, string Told) TracesOf(Collector collector)
    {
        var traces = collector.Spans.GroupBy(span => span.Trace).Select(trace => trace.Select(span => $"{span.Service} {span.Name}").ToHashSet(StringComparer.Ordinal)).ToList();
        return (traces, string.Join('\n', traces.Select(trace => string.Join(", ", trace))));
    }

    private sealed class At(string top, string a) : TestWay
    {
        public override string RouteTo(TwoDomains domains, string authority) => $"https://{(authority == "top" ? top : a)}";

        public override string[] Serve(TwoDomains domains, string authority) => [];
    }

    private sealed class Traced(TestWay? inner, Collector collector) : TestWay
    {
        public override string? RouteTo(TwoDomains domains, string authority) => inner?.RouteTo(domains, authority);

        public override string[] Serve(TwoDomains domains, string authority) => [.. inner?.Serve(domains, authority) ?? [], "--otlp", collector.Address];

        public override string? Listen(string authority) => inner?.Listen(authority);
    }
}
