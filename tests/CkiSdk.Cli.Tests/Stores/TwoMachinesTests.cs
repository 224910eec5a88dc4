using CkiSdk.Cli.Tests.Domains;
using CkiSdk.Cli.Tests.Hosting;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Stores;

/// <summary>Runs a CMA as two processes with a home each, as on two machines, and nothing in common but one PostgreSQL database: what an operator does at one is so at the other, and either may die.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TwoMachinesTests : IAsyncLifetime
{
    private readonly PostgreSqlServer _server = new();
    private readonly TemporaryFolder _folder = new();
    private readonly List<CmaProcess> _running = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _server.CreateDatabase("cki");
        File.SetUnixFileMode(_folder.WriteText("password", PostgreSqlServer.Password), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _running) await process.DisposeAsync();
        _folder.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task WhatIsDone_OnOneMachine_IsSo_OnTheOther()
    {
        await InitAsync("one");
        CopyHome("one", "two");
        var (one, two) = (await StartAsync("one"), await StartAsync("two"));

        // A user who was enrolled on the first machine is served by the second, and the other way round.
        await EnrolAsync("one", "a1", two);
        await EnrolAsync("two", "a2", one);
        await TwoDomains.Ok("user", "seal", "--home", At("a1"), "--to", TwoDomains.NameOf("a2"), "--in", _folder.WriteText("plain", "over two machines"), "--out", At("a.cki"));
        await TwoDomains.Ok("user", "open", "--home", At("a2"), "--in", At("a.cki"), "--out", At("opened"));
        Assert.Equal("over two machines", await File.ReadAllTextAsync(At("opened"), Cancel));

        await AssertEnrolledAnewAsync(two);
        await AssertPeerAsync(two);
        await AssertRevokedAsync();

        // One dies: the other goes on with all of it, whichever machine the operator sits at.
        await one.KillAsync();
        await EnrolAsync("one", "a3", two);
        await TwoDomains.Ok("user", "certs", "--home", At("a1"));
        await TwoDomains.Ok("cma", "user", "restore", "--home", At("one"), "--name", TwoDomains.NameOf("a2"));
        await TwoDomains.Ok("user", "certs", "--home", At("a3"));
        Assert.Equal(0, await two.StopAsync());
        await TwoDomains.Ok("audit", "verify", "--home", At("two"));
        foreach (var home in new[] { "one", "two" }) Assert.Empty(Directory.EnumerateDirectories(At(home)));

        // A key that was made on one machine is missing on the other until the home is copied again.
        await TwoDomains.Ok("cma", "renew", "--home", At("one"));
        await TwoDomains.Ok("cma", "renew", "--home", At("one"), "--what", "authority");
        Assert.Contains("lacks the key of a CMA certificate", (await CkiProgram.RunInsideAsync(["doctor", "--home", At("two")])).Output, StringComparison.Ordinal);
        CopyHome("one", "two");
        Assert.DoesNotContain("lacks", (await CkiProgram.RunInsideAsync(["doctor", "--home", At("two")])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_OnOneMachine_IsSo_OnTheOther_AndMissingKeys_AreTold()
    {
        await TwoDomains.Ok("tlcma", "init", "--home", At("top"), "--name", "CN=TLCMA,C=GB", "--listen", TwoDomains.FreePort());
        await InitAsync("one", "--tlcma", At("top/card.json"));
        CopyHome("one", "two");
        await TwoDomains.Fails(4, "cma", "run", "--home", At("two"), "--listen", "127.0.0.1:0");
        await CertifyAsync("card.json");
        var two = await StartAsync("two");
        Assert.Equal(await File.ReadAllTextAsync(At("one/cma.pem"), Cancel), await File.ReadAllTextAsync(At("two/cma.pem"), Cancel));
        Assert.Equal(await File.ReadAllTextAsync(At("one/card.json"), Cancel), await File.ReadAllTextAsync(At("two/card.json"), Cancel));
        Assert.Equal(0, await two.StopAsync());

        // The next key is copied before its certificate is there: that comes by the store. And a key that is not copied is told.
        await TwoDomains.Ok("cma", "renew", "--home", At("one"));
        CopyHome("one", "two");
        CopyHome("two", "three");
        foreach (var file in Directory.EnumerateFiles(At("three"), "cma-next.*")) File.Delete(file);
        await CertifyAsync("card-next.json");
        Assert.Contains("cma-2", await TwoDomains.Ok("cma", "status", "--home", At("two")), StringComparison.Ordinal);
        Assert.DoesNotContain("cma-2", await TwoDomains.Ok("cma", "status", "--home", At("three")), StringComparison.Ordinal);
        Assert.DoesNotContain("lacks", (await CkiProgram.RunInsideAsync(["doctor", "--home", At("two")])).Output, StringComparison.Ordinal);
        Assert.Contains("lacks the key of a CMA certificate", (await CkiProgram.RunInsideAsync(["doctor", "--home", At("three")])).Output, StringComparison.Ordinal);
        await TwoDomains.Ok("cma", "renew", "--home", At("one"), "--what", "encryption");
        Assert.Contains("lacks the key of the encryption certificate", (await CkiProgram.RunInsideAsync(["doctor", "--home", At("two")])).Output, StringComparison.Ordinal);
    }

    // A home that was stolen is of no use at either machine once the user is enrolled anew.
    private async Task AssertEnrolledAnewAsync(CmaProcess two)
    {
        CopyHome("a1", "stolen");
        await TwoDomains.Ok("user", "certs", "--home", At("stolen"));
        await EnrolAsync("one", "a1", two, "--force");
        await TwoDomains.UntilAsync("an end of the certificate before", async () => (await CkiProgram.RunInsideAsync(["user", "certs", "--home", At("stolen")])).Code == 5);
        await TwoDomains.Ok("user", "certs", "--home", At("a1"));
    }

    private async Task AssertPeerAsync(CmaProcess two)
    {
        await TwoDomains.Ok("cma", "init", "--home", At("b"), "--name", "CN=CMA B,O=Domain B,C=GB", "--domain", "O=Domain B,C=GB", "--listen", TwoDomains.FreePort());
        await TwoDomains.Ok("cma", "peer", "add", "--home", At("b"), "--card", At("two/card.json"), "--route", two.EndPoint.ToString());
        var b = await CmaProcess.StartAsync(At("b"), "cma", listen: null);
        _running.Add(b);
        await TwoDomains.Fails(5, "cma", "peer", "exchange", "--home", At("b"), "--cma", "CN=CMA A,O=Domain A,C=GB");
        await TwoDomains.Ok("cma", "peer", "add", "--home", At("one"), "--card", At("b/card.json"));
        await TwoDomains.UntilAsync("an exchange with the process on the second machine", async () =>
            (await CkiProgram.RunInsideAsync(["cma", "peer", "exchange", "--home", At("b"), "--cma", "CN=CMA A,O=Domain A,C=GB"])).Code == 0);
        Assert.Contains("CN=CMA B,O=Domain B,C=GB", await TwoDomains.Ok("cma", "peer", "list", "--home", At("two")), StringComparison.Ordinal);
    }

    private async Task AssertRevokedAsync()
    {
        await TwoDomains.Ok("cma", "user", "revoke", "--home", At("one"), "--name", TwoDomains.NameOf("a2"));
        await TwoDomains.Fails(3, "user", "seal", "--home", At("a1"), "--to", TwoDomains.NameOf("a2"), "--in", At("plain"), "--force", "--out", At("a.cki"));
    }

    private async Task CertifyAsync(string card)
    {
        await TwoDomains.Ok("tlcma", "peer", "add", "--home", At("top"), "--card", At($"one/{card}"), "--out", At("made.pem"), "--force");
        await TwoDomains.Ok("cma", "join", "--home", At("one"), "--in", At("made.pem"));
    }

    private Task<string> InitAsync(string home, params string[] more) => TwoDomains.Ok([
        "cma", "init", "--home", At(home), "--name", "CN=CMA A,O=Domain A,C=GB", "--domain", "O=Domain A,C=GB", "--listen", TwoDomains.FreePort(),
        "--store", $"postgres://{PostgreSqlServer.User}@127.0.0.1:{_server.Port}/cki", "--store-password-file", At("password"), .. more]);

    private async Task EnrolAsync(string home, string user, CmaProcess served, params string[] more)
    {
        await TwoDomains.Ok(["cma", "user", "add", "--home", At(home), "--name", TwoDomains.NameOf(user), "--out", At($"{user}.json"), .. more]);

        // The other process hears of him within a moment.
        await TwoDomains.UntilAsync("a user who is served", async () =>
            (await CkiProgram.RunInsideAsync(["user", "enroll", "--home", At(user), "--in", At($"{user}.json"), "--password-file", At($"{user}.json.secret"), "--route", served.EndPoint.ToString()])).Code == 0);
    }

    private async Task<CmaProcess> StartAsync(string home)
    {
        _running.Add(await CmaProcess.StartAsync(At(home)));
        return _running[^1];
    }

    private void CopyHome(string from, string to) => ExternalProgram.RunOk("cp", ["-aT", At(from), At(to)]);

    private string At(string name) => _folder.PathOf(name);
}
