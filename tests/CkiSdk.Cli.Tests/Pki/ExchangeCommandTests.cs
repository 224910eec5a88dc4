using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Shows <c>cki pki exchange</c> with two real processes.</summary>
public sealed class ExchangeCommandTests : IDisposable
{
    private readonly PkiFolder _folder = new();
    private readonly Dictionary<string, string> _environment = []; // of the processes

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

    // One key signs and receives: either one object that may do both, or two under one identifier.
    [Fact]
    public async Task KeysInTokens_Talk_WithoutLeavingThem()
    {
        var token = new SoftHsmToken(_folder.Folder, "cki", "1234");
        _environment["SOFTHSM2_CONF"] = token.Configuration;
        string[] options = ["--module", token.Module, "--token", "cki", "--pin-file", _folder.Write("pin", "1234"u8.ToArray())];
        var (alice, bob) = (_folder.Add("alice", isRsa: true), _folder.Add("bob", isRsa: false));
        Import([.. options, "--label", "alice", "--use", "any", "--key", alice.Key, "--cert", alice.Certificate]);
        Import([.. options, "--label", "bob signs", "--id", "b0b0", "--use", "sign", "--key", bob.Key, "--cert", bob.Certificate]);
        Import([.. options, "--label", "bob agrees", "--id", "b0b0", "--use", "agree", "--key", bob.Key]);
        var (listener, address) = await Listen(["--key", "alice", .. options], "CN=bob");
        using var connector = Start(["--key", "pkcs11:token=cki;id=%B0%B0", "--module", token.Module, "--pin-file", _folder.PathOf("pin")], "CN=alice", "--connect", address);
        using (listener)
        {
            await Task.WhenAll(Feed(listener, ["from alice"]), Feed(connector, ["from bob"]));
            var messages = await Task.WhenAll(listener.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), connector.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
            await Task.WhenAll(listener.WaitForExitAsync(TestContext.Current.CancellationToken), connector.WaitForExitAsync(TestContext.Current.CancellationToken));
            Assert.Equal(["from bob\n", "from alice\n"], messages);
            Assert.Equal((0, 0), (listener.ExitCode, connector.ExitCode));
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

    private void Import(string[] args) =>
        ExternalProgram.RunOk("env", [.. _environment.Select(variable => $"{variable.Key}={variable.Value}"), .. CkiProgram.Command, "pki", "token", "import", .. args]);

    private Task<(Process Process, string Address)> Listen((string Certificate, string Key) who, string peer) => Listen(["--key", who.Key, "--cert", who.Certificate], peer);

    private async Task<(Process Process, string Address)> Listen(string[] who, string peer)
    {
        var process = Start(who, peer, "--listen", "127.0.0.1:0");
        var line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("cki: waiting at 127.0.0.1:", line, StringComparison.Ordinal);
        return (process, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{line![(line!.LastIndexOf(':') + 1)..]}"));
    }

    private Process Start((string Certificate, string Key) who, string peer, params string[] more) => Start(["--key", who.Key, "--cert", who.Certificate], peer, more);

    private Process Start(string[] who, string peer, params string[] more)
    {
        var start = new ProcessStartInfo(CkiProgram.Command[0], [.. CkiProgram.Command[1..], "pki", "exchange", .. who, "--trust", _folder.Root, "--peer", peer, .. more])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task Feed(Process process, string[] lines)
    {
        foreach (var line in lines)
            await process.StandardInput.WriteAsync(line + "\n");
        process.StandardInput.Close();
    }
}
