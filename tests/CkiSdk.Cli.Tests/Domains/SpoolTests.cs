using CkiSdk.Cli.Tests.Hosting;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows users and authorities who reach each other by files alone.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SpoolTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TwoDomains_GoOn_ByFilesAlone(bool hasTlcma)
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma, new SpoolWay());
        await domains.StartAsync(hasTlcma ? ["top", "a", "b"] : ["a", "b"]);
        await AnnexC.RunAsync(domains);
        string[] homes = [.. domains.Running];
        await domains.UntilIdleAsync(home => Directory.GetFiles(Path.Combine(SpoolWay.PathOf(domains, home), "in")).Length);
        foreach (var home in homes) await domains.StopAsync(home);
        foreach (var home in homes)
        {
            var spool = SpoolWay.PathOf(domains, home);
            Assert.Empty(Directory.GetFiles(Path.Combine(spool, "in")));
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(spool, "done")));
        }
    }

    // What one domain announces while the other is away waits, and is not written a second time.
    [Fact]
    public async Task WhoIsAway_FindsOneMessage_WhenHeComesBack()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false, new SpoolWay());
        await domains.StartAsync("a", "b");
        await domains.KeysAsync();
        await domains.EnrolAsync("a1");
        await domains.EnrolAsync("b1");
        await File.WriteAllTextAsync(domains.PathOf("plain"), "x", Cancel);
        string[] seal = ["user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("b1"), "--in", domains.PathOf("plain"), "--force", "--out", domains.PathOf("x.cki")];
        await TwoDomains.Ok(seal);
        await domains.UntilIdleAsync(home => Directory.GetFiles(Path.Combine(SpoolWay.PathOf(domains, home), "in")).Length);
        await domains.StopAsync("a");
        var waiting = Path.Combine(SpoolWay.PathOf(domains, "a"), "in");
        Assert.Empty(Directory.GetFiles(waiting));
        await TwoDomains.Ok("cma", "user", "revoke", "--home", domains.PathOf("b"), "--name", TwoDomains.NameOf("b1"));
        await TwoDomains.UntilAsync("an announcement", () => Task.FromResult(Directory.GetFiles(waiting, "*.pki").Length > 0));
        await domains.StartAsync("a");
        await TwoDomains.UntilAsync("a refusal", async () => (await CkiProgram.RunInsideAsync(seal)).Code == 3);
        await TwoDomains.UntilAsync("all to be taken", () => Task.FromResult(Directory.GetFiles(waiting, "*.pki").Length == 0));
    }

    [Fact]
    public async Task Users_AreServed_ThroughASpool()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        var (spool, plain, message, opened) = (domains.PathOf("spool"), domains.PathOf("plain"), domains.PathOf("message.cki"), domains.PathOf("opened"));
        await File.WriteAllTextAsync(plain, "by file", Cancel);

        // At another port than its card says, so that there is no other way.
        await using var cma = await CmaProcess.StartAsync(domains.PathOf("a"), "cma", "127.0.0.1:0", ["--spool", spool]);
        foreach (var user in new[] { "a1", "a2" })
        {
            await TwoDomains.Ok("cma", "user", "add", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf(user), "--out", domains.PathOf($"{user}.json"));
            await TwoDomains.Ok("user", "enroll", "--home", domains.PathOf(user), "--in", domains.PathOf($"{user}.json"), "--password-file", domains.PathOf($"{user}.json.secret"), "--route", $"file:{spool}");
        }

        await TwoDomains.Ok("user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("a2"), "--in", plain, "--out", message);
        await TwoDomains.Ok("user", "open", "--home", domains.PathOf("a2"), "--in", message, "--out", opened);
        Assert.Equal("by file", await File.ReadAllTextAsync(opened, Cancel));
        var done = Directory.GetFiles(Path.Combine(spool, "done"));
        Assert.True(done.Length >= 4, $"{done.Length} messages");
        Assert.All(done, file => Assert.DoesNotContain("User A", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(Path.Combine(spool, "failed")));

        await TwoDomains.Ok("cma", "user", "revoke", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a2"));
        await TwoDomains.Fails(3, "user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("a2"), "--in", plain, "--force", "--out", message);
        Assert.Equal(0, await cma.StopAsync());
    }

    // A peer that is made known while the authority runs, and users who know its encryption certificate of before.
    [Fact]
    public async Task NewPeers_AndCertificatesOfBefore_AreTaken_ByFiles()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false, new SpoolWay(), areIntroduced: false);
        await domains.IntroduceAsync("b", "a");
        await domains.StartAsync("a", "b");
        await domains.EnrolAsync("a1");
        await domains.IntroduceAsync("a", "b");
        await domains.KeysAsync();

        // The card once more leaves the route as it is.
        await TwoDomains.Ok("cma", "peer", "add", "--home", domains.PathOf("a"), "--card", domains.PathOf("b/card.json"));
        var peers = (await TwoDomains.Json("cma", "peer", "list", "--home", domains.PathOf("a"))).GetProperty("peers");
        Assert.Equal($"file:{SpoolWay.PathOf(domains, "b")}", Assert.Single(peers.EnumerateArray()).GetProperty("route").GetString());

        await TwoDomains.Ok("cma", "renew", "--home", domains.PathOf("a"), "--what", "encryption");
        await domains.StopAsync("a");
        await domains.StartAsync("a");
        await TwoDomains.Ok("user", "certs", "--home", domains.PathOf("a1"));
        var exchanged = await TwoDomains.Json("cma", "peer", "exchange", "--home", domains.PathOf("b"), "--cma", "CN=CMA A,O=Domain A,C=GB");
        Assert.Equal("granted", exchanged.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Homes_MadeBeforeThereWereRoutes_StillOpen_AndTakeARoute()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        var (spool, configuration) = (domains.PathOf("spool"), domains.PathOf("a1/home.json"));
        await using var cma = await CmaProcess.StartAsync(domains.PathOf("a"), "cma", "127.0.0.1:0", ["--spool", spool]);
        await TwoDomains.Ok("cma", "user", "add", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a1"), "--out", domains.PathOf("a1.json"));
        string[] enroll = ["user", "enroll", "--home", domains.PathOf("a1"), "--in", domains.PathOf("a1.json"), "--password-file", domains.PathOf("a1.json.secret"), "--route"];
        await TwoDomains.Ok([.. enroll, $"file:{spool}"]);
        await File.WriteAllTextAsync(configuration, (await File.ReadAllTextAsync(configuration, Cancel)).Replace($"\"route\": \"file:{spool}\"", $"\"spool\": \"{spool}\"", StringComparison.Ordinal), Cancel);
        Assert.Contains("\"spool\"", await File.ReadAllTextAsync(configuration, Cancel), StringComparison.Ordinal);
        await TwoDomains.Ok("user", "certs", "--home", domains.PathOf("a1"));

        await TwoDomains.Fails(2, [.. enroll, "file:"]);
        await TwoDomains.Ok([.. enroll, cma.EndPoint.ToString()]);
        Assert.Contains($"\"route\": \"{cma.EndPoint}\"", await File.ReadAllTextAsync(configuration, Cancel), StringComparison.Ordinal);
        Directory.Delete(spool, recursive: true);
        await TwoDomains.Ok("user", "certs", "--home", domains.PathOf("a1"));
    }
}
