using System.Diagnostics;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Kills TLCMA and CMAs with SIGKILL at random moments while users write to each other: whatever a command reported is there afterwards, and the domains go on by themselves.</summary>
public sealed class KillEveryRoleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_OfAnyRole_LosesNothing()
    {
        var random = new Random(830);
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: true);
        await domains.StartAsync("top", "a", "b");
        await domains.KeysAsync();
        await domains.EnrolAsync("a1");
        await domains.EnrolAsync("b1");
        await File.WriteAllTextAsync(domains.PathOf("plain"), "from A1 to B1", Cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = LoadAsync(domains, stop.Token);
        var kills = LongRun.Count(16, 250);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < kills; i++)
        {
            var victim = new[] { "a", "b", "top" }[i % 3];
            await Task.Delay(random.Next(50, 500), Cancel);
            await domains.KillAsync(victim);
            await domains.StartAsync(victim);
        }

        await stop.CancelAsync();
        var messages = await load;
        TestContext.Current.TestOutputHelper!.WriteLine($"{kills} kills in {clock.Elapsed.TotalSeconds:F1} s, {messages} messages sealed and opened");
        await AssertGoesOnAsync(domains);
        foreach (var name in domains.Running.ToArray()) await domains.StopAsync(name);
        foreach (var home in new[] { "a", "b" })
        {
            var findings = await CkiProgram.RunInsideAsync(["doctor", "--home", domains.PathOf(home)]);
            Assert.DoesNotContain("bad  keys", findings.Output, StringComparison.Ordinal);
        }
    }

    // Commands may fail while an authority is dead; what they wrote must open afterwards.
    private static async Task<int> LoadAsync(TwoDomains domains, CancellationToken stop)
    {
        var count = 0;
        while (!stop.IsCancellationRequested)
        {
            var (message, opened) = (domains.PathOf($"{count}.cki"), domains.PathOf($"{count}.txt"));
            var (code, _, error) = await CkiProgram.RunInsideAsync(["user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("b1"), "--in", domains.PathOf("plain"), "--out", message], Cancel);
            Assert.True(code is 0 or 5, $"seal: {code} {error}");
            if (code != 0) continue;

            // 5: the CMA is dead. 6: so was it when the other one had a CRL for it.
            await TwoDomains.UntilAsync("an end of the kills that a file needs to be opened", async () =>
            {
                (code, _, error) = await CkiProgram.RunInsideAsync(["user", "open", "--home", domains.PathOf("b1"), "--in", message, "--out", opened], Cancel);
                return code is not (5 or 6);
            });
            Assert.True(code == 0, $"open: {code} {error}");
            count++;
            await Task.Delay(100, Cancel); // the authorities shall have a processor, too
        }

        return count;
    }

    private static async Task AssertGoesOnAsync(TwoDomains domains)
    {
        await domains.EnrolAsync("a2");
        await domains.EnrolAsync("b2");
        await TwoDomains.Ok("user", "seal", "--home", domains.PathOf("a2"), "--to", TwoDomains.NameOf("b2"), "--in", domains.PathOf("plain"), "--out", domains.PathOf("last.cki"));
        await TwoDomains.Ok("user", "open", "--home", domains.PathOf("b2"), "--in", domains.PathOf("last.cki"), "--out", domains.PathOf("last.txt"));
        await TwoDomains.Ok("cma", "user", "revoke", "--home", domains.PathOf("b"), "--name", TwoDomains.NameOf("b2"));
        await TwoDomains.UntilAsync("a refusal", async () => (await CkiProgram.RunInsideAsync(
            ["user", "seal", "--home", domains.PathOf("a2"), "--to", TwoDomains.NameOf("b2"), "--in", domains.PathOf("plain"), "--force", "--out", domains.PathOf("last.cki")])).Code == 3);
    }
}
