using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Shows <c>cki pki exchange</c> with two real processes.</summary>
public sealed class ExchangeCommandTests : IDisposable
{
    private readonly PkiFolder _folder = new();

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task TwoProcesses_ExchangeManyMessages(bool isAliceRsa, bool isBobRsa)
    {
        var (alice, bob) = (_folder.Add("alice", isAliceRsa), _folder.Add("bob", isBobRsa));
        var (listener, address) = await Listen(alice, "CN=bob");
        using var connector = Start(bob, "CN=alice", "--connect", address, "--json");
        using (listener)
        {
            string[] fromAlice = [.. Enumerable.Range(0, 500).Select(i => $"alice {i}")];
            string[] fromBob = [.. Enumerable.Range(0, 300).Select(i => $"bob {i} äöü")];
            await Task.WhenAll(Feed(listener, fromAlice), Feed(connector, fromBob));
            var received = await listener.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var report = JsonDocument.Parse(await connector.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).RootElement;
            await Task.WhenAll(listener.WaitForExitAsync(TestContext.Current.CancellationToken), connector.WaitForExitAsync(TestContext.Current.CancellationToken));
            Assert.Equal((0, 0), (listener.ExitCode, connector.ExitCode));
            Assert.Equal(fromBob, received.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Equal(fromAlice, report.GetProperty("messages").EnumerateArray().Select(message => message.GetString()));
            Assert.Equal(("CN=alice", 300, 500), (report.GetProperty("peer").GetString(), report.GetProperty("sent").GetInt32(), report.GetProperty("received").GetInt32()));
        }
    }

    [Fact]
    public async Task AnotherPeer_IsRefused_WithSix()
    {
        var (alice, bob) = (_folder.Add("alice", isRsa: false), _folder.Add("bob", isRsa: false));
        var (listener, address) = await Listen(alice, "CN=carol");
        using var connector = Start(bob, "CN=alice", "--connect", address);
        using (listener)
        {
            await Task.WhenAll(listener.WaitForExitAsync(TestContext.Current.CancellationToken), connector.WaitForExitAsync(TestContext.Current.CancellationToken));
            Assert.Equal((6, 5), (listener.ExitCode, connector.ExitCode));
            Assert.Contains("the peer is CN=bob, not CN=carol", await listener.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(Process Process, string Address)> Listen((string Certificate, string Key) who, string peer)
    {
        var process = Start(who, peer, "--listen", "127.0.0.1:0");
        var line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("cki: waiting at 127.0.0.1:", line, StringComparison.Ordinal);
        return (process, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{line![(line!.LastIndexOf(':') + 1)..]}"));
    }

    private Process Start((string Certificate, string Key) who, string peer, params string[] more) => Process.Start(new ProcessStartInfo(
        "dotnet", [CkiProgram.Assembly, "pki", "exchange", "--key", who.Key, "--cert", who.Certificate, "--trust", _folder.Root, "--peer", peer, .. more])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task Feed(Process process, string[] lines)
    {
        foreach (var line in lines)
            await process.StandardInput.WriteAsync(line + "\n");
        process.StandardInput.Close();
    }
}
