using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CkiSdk.Cli.Tests.Hosting;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Runs every command of docs/cki.md in its order, in an empty folder.</summary>
public sealed partial class OperatorsGuideTests
{
    private static readonly string[] PathOptions = ["--home", "--card", "--in", "--out", "--tlcma", "--password-file"];

    private readonly Dictionary<string, string> _ports = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryCommand_OfTheGuide_Works()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.PathOf("report.txt"), "a report", Cancel);
        var running = new List<CmaProcess>();
        try
        {
            foreach (var command in Commands())
            {
                var args = Map(Words().Matches(command).Select(word => word.Value.Trim('"')).Skip(1), folder);
                if (args[1] == "run")
                {
                    running.Add(await CmaProcess.StartAsync(args[3], args[0], listen: null));
                    continue;
                }

                await RunAsync(command, args, folder);
            }

            Assert.Equal("a report", await File.ReadAllTextAsync(folder.PathOf("received.txt"), Cancel));
            foreach (var process in running) Assert.Equal(0, await process.StopAsync());
        }
        finally
        {
            foreach (var process in running) await process.DisposeAsync();
        }
    }

    // A CMA that has just started may still be asking for its keys: what it would say is to ask again.
    private static async Task RunAsync(string command, string[] args, TemporaryFolder folder)
    {
        if (args is ["msg", ..]) await File.WriteAllBytesAsync(folder.PathOf("message.der"), Message(), Cancel);
        (int Code, string Output, string Error) result = default;
        await TwoDomains.UntilAsync($"an answer to {command}", async () => (result = await CkiProgram.RunInsideAsync(args, Cancel)).Code is not (3 or 4));
        Assert.True(result.Code == 0, $"{command}: {result.Code} {result.Error}");
    }

    private static IEnumerable<string> Commands() => File.ReadAllLines(Repository.PathOf("docs/cki.md")).Where(line => line.StartsWith("cki ", StringComparison.Ordinal));

    private static byte[] Message() => TestDomain.Request(TestDomain.A1Name).Encode();

    private string[] Map(IEnumerable<string> words, TemporaryFolder folder)
    {
        var args = words.ToArray();
        for (var i = 0; i < args.Length; i++)
        {
            if ((i > 0 && PathOptions.Contains(args[i - 1], StringComparer.Ordinal)) || args[i] == "message.der") args[i] = folder.PathOf(args[i]);
            if (args[i].StartsWith("127.0.0.1:", StringComparison.Ordinal)) args[i] = PortFor(args[i]);
        }

        return args;
    }

    private string PortFor(string address)
    {
        if (!_ports.TryGetValue(address, out var free))
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            _ports[address] = free = listener.LocalEndpoint.ToString()!;
        }

        return free;
    }

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Words();
}
