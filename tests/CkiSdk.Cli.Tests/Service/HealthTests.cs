using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CkiSdk.Cli.Tests.Domains;
using CkiSdk.Cli.Tests.Hosting;

namespace CkiSdk.Cli.Tests.Service;

/// <summary>Shows what a running authority says of itself, where its options come from, and that systemd hears of it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class HealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Authority_Says_ThatItIsReady_AndWhyItIsNot()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: true);
        await using var cma = await CmaProcess.StartAsync(domains.PathOf("a"), more: ["--health", "127.0.0.1:0"]);
        Assert.Equal((HttpStatusCode.OK, "alive"), await StatusAsync(cma, "/livez"));

        // Its TLCMA does not run, so that it has no key.
        var (code, document) = await GetAsync(cma, "/readyz");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready"), (code, document.GetProperty("status").GetString()));
        var checks = document.GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!);
        Assert.Equal(["certificate", "keys", "serving", "store"], checks.Keys.Order(StringComparer.Ordinal));
        Assert.All(checks, check => Assert.Equal(check.Key != "keys", check.Value.GetProperty("ok").GetBoolean()));
        Assert.Contains("the TLCMA has not supplied one yet", checks["keys"].GetProperty("text").GetString(), StringComparison.Ordinal);

        await domains.StartAsync("top");
        await TwoDomains.UntilAsync("readiness", async () => await StatusAsync(cma, "/readyz") == (HttpStatusCode.OK, "ready"));

        // Each round counts anew: an authority that works is alive for as long as it does.
        await Task.Delay(TimeSpan.FromSeconds(5), Cancel);
        await TwoDomains.UntilAsync("a round that began a moment ago", async () =>
            (await GetAsync(cma, "/livez")).Document.GetProperty("checks")[0].GetProperty("text").GetString()!.Contains(" began 0 s ago", StringComparison.Ordinal));
        Assert.Equal(0, await cma.StopAsync());
    }

    [Fact]
    public async Task ANextKey_ThatWaitsForItsDay_ChangesNothing()
    {
        using var domain = await TestDomain.CreateAsync();
        await TwoDomains.Ok("cma", "renew", "--home", domain.Path, "--in-days", "200");
        await using var cma = await CmaProcess.StartAsync(domain.Path, more: ["--health", "127.0.0.1:0"]);
        Assert.Equal((HttpStatusCode.OK, "ready"), await StatusAsync(cma, "/readyz"));
        Assert.Equal(0, await cma.StopAsync());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1", 404)]
    [InlineData("GET /livez/../home.key HTTP/1.1", 404)]
    [InlineData("POST /livez HTTP/1.1", 405)]
    [InlineData("GET /livez HTTP/9.9", 505)]
    [InlineData("nonsense", 400)]
    public async Task Health_Answers_NothingElse(string line, int expected)
    {
        using var domain = await TestDomain.CreateAsync();
        await using var cma = await CmaProcess.StartAsync(domain.Path, more: ["--health", "127.0.0.1:0"]);
        using var socket = new TcpClient();
        await socket.ConnectAsync(cma.PlaceOf("health"), Cancel);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"), Cancel);
        using var reader = new StreamReader(socket.GetStream());
        Assert.StartsWith($"HTTP/1.1 {expected} ", await reader.ReadLineAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_ComeFrom_TheHomesFile_AndTheEnvironment()
    {
        using var domain = await TestDomain.CreateAsync();
        await File.WriteAllTextAsync(Path.Combine(domain.Path, "settings.json"), """{ "health": "127.0.0.1:1", "http": "127.0.0.1:0", "listen": "127.0.0.1:0" }""", Cancel);
        await using var cma = await CmaProcess.StartAsync(domain.Path, listen: null, environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["CKI_HEALTH"] = "127.0.0.1:0" });
        Assert.NotEqual(0, cma.PlaceOf("http").Port);
        Assert.NotEqual(1, cma.PlaceOf("health").Port);
        await domain.AssertServesAsync(cma.EndPoint);
        await File.WriteAllTextAsync(Path.Combine(domain.Path, "settings.json"), """{ "helth": "" }""", Cancel);
        var (code, _, error) = await CkiProgram.RunInsideAsync(["cma", "run", "--home", domain.Path]);
        Assert.Equal(2, code);
        Assert.Contains("'helth' is no setting; there are listen,", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Systemd_Hears_WhenItServes_AndWhenItStops()
    {
        using var domain = await TestDomain.CreateAsync();
        var path = Path.Combine(domain.Path, "notify");
        using var notices = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        notices.Bind(new UnixDomainSocketEndPoint(path));
        await using var cma = await CmaProcess.StartAsync(domain.Path, environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["NOTIFY_SOCKET"] = path });
        var buffer = new byte[64];
        Assert.Equal("READY=1", Encoding.ASCII.GetString(buffer, 0, await notices.ReceiveAsync(buffer, Cancel)));
        Assert.Equal(0, await cma.StopAsync());
        Assert.Equal("STOPPING=1", Encoding.ASCII.GetString(buffer, 0, await notices.ReceiveAsync(buffer, Cancel)));
    }

    private static async Task<(HttpStatusCode Code, string? Status)> StatusAsync(CmaProcess cma, string path)
    {
        var (code, document) = await GetAsync(cma, path);
        return (code, document.GetProperty("status").GetString());
    }

    private static async Task<(HttpStatusCode Code, JsonElement Document)> GetAsync(CmaProcess cma, string path)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var answer = await client.GetAsync(new Uri($"http://{cma.PlaceOf("health")}{path}"), Cancel);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement);
    }
}
