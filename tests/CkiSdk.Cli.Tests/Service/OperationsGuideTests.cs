using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CkiSdk.Cli.Tests.Domains;
using CkiSdk.Cli.Tests.Hosting;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Service;

/// <summary>Runs every command and request of docs/operations.md in its order, in an empty folder.</summary>
public sealed partial class OperationsGuideTests
{
    private readonly Dictionary<string, string> _ports = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryCommand_OfTheGuide_Works()
    {
        using var folder = new TemporaryFolder();
        var guide = Addresses().Replace(Repository.ReadText("docs/operations.md"), address => _ports.TryGetValue(address.Value, out var port) ? port : _ports[address.Value] = TwoDomains.FreePort());
        var settings = guide.Split("```json\n")[1].Split("```")[0];
        CmaProcess? cma = null;
        var requests = 0;
        try
        {
            foreach (var line in guide.Split('\n'))
            {
                if (line.StartsWith("cki cma run ", StringComparison.Ordinal))
                {
                    await File.WriteAllTextAsync(folder.PathOf("a/settings.json"), settings, Cancel);
                    cma = await CmaProcess.StartAsync(folder.PathOf("a"), listen: null);
                    Assert.Equal("https", cma.Web!.Scheme);
                    Assert.Equal(JsonDocument.Parse(settings).RootElement.GetProperty("http").GetString(), cma.PlaceOf("http").ToString());
                }
                else if (line.StartsWith("cki ", StringComparison.Ordinal))
                {
                    await TwoDomains.Ok([.. Words().Matches(line).Skip(1).Select(word => word.Value.Trim('"')).Select(word => word == "a" ? folder.PathOf("a") : word)]);
                }
                else if (line.StartsWith("curl ", StringComparison.Ordinal))
                {
                    using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
                    using var answer = await client.GetAsync(new Uri(line[5..]), Cancel);
                    Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{line}: {await answer.Content.ReadAsStringAsync(Cancel)}");
                    requests++;
                }
            }

            Assert.Equal(2, requests);
            Assert.Equal(0, await cma!.StopAsync());
        }
        finally
        {
            if (cma is not null) await cma.DisposeAsync();
        }
    }

    [GeneratedRegex(@"127\.0\.0\.1:[0-9]+")]
    private static partial Regex Addresses();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Words();
}
