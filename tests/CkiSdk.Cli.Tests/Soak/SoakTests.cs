using System.Diagnostics;
using System.Globalization;
using CkiSdk.Cli.Tests.Domains;
using CkiSdk.Cli.Tests.Hosting;
using CkiSdk.Pki.Names;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Soak;

/// <summary>Lets two CMAs serve users over TCP, HTTP and files for half an hour (CKI_SOAK_MINUTES: another time): no request fails, and neither memory nor handles nor threads grow. The usual run is some seconds, for handles alone.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SoakTests
{
    private static readonly DistinguishedName Revoked = DistinguishedName.Parse("CN=User A3,O=Domain A,C=GB");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static TimeSpan Duration { get; } = Environment.GetEnvironmentVariable("CKI_SOAK_MINUTES") is { Length: > 0 } minutes
        ? TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture))
        : TimeSpan.FromSeconds(LongRun.Count(12, 1800));

    [Fact]
    public async Task TwoAuthorities_HoldNoMore_AfterServingForLong()
    {
        using var domain = await TestDomain.CreateAsync();
        using var folder = new TemporaryFolder();
        var spool = folder.PathOf("spool");
        await TwoDomains.Ok("cma", "user", "add", "--home", domain.Path, "--name", Revoked.ToString(), "--out", folder.PathOf("a3.json"));
        await using var a = await CmaProcess.StartAsync(domain.Path, more: ["--http", "127.0.0.1:0", "--spool", spool]);
        await IntroduceAsync(domain, a, folder.PathOf("b"));
        await using var b = await CmaProcess.StartAsync(folder.PathOf("b"), listen: null);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = new SoakLoad(domain, a, spool, stop.Token);
        var work = load.RunAsync(Revoked);
        (CmaProcess Process, Flatness Flatness)[] watched = [(a, new Flatness("CMA A")), (b, new Flatness("CMA B"))];
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Duration && !work.IsCompleted)
        {
            foreach (var (process, flatness) in watched) flatness.Add(ProcessReading.Of(process.Id));
            await Task.WhenAny(work, Task.Delay(Duration / 240, Cancel));
        }

        await stop.CancelAsync();
        await work;
        foreach (var (process, _) in watched) Assert.Equal(0, await process.StopAsync());
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{clock.Elapsed.TotalMinutes:F1} minutes: {load.Granted} granted, {load.Refused} refused, {load.Announcements} announcements fetched, {load.Strangers} strangers; the store holds {new FileInfo(domain.Database).Length / 1048576.0:F1} MiB"));
        foreach (var (_, flatness) in watched) output.WriteLine(flatness.Describe());
        Assert.True(load.Granted > 0 && load.Refused > 0 && load.Announcements > 0, "there was no load of each kind");
        foreach (var (_, flatness) in watched)
        {
            if (Duration >= TimeSpan.FromMinutes(10)) flatness.AssertFlat();
            else flatness.AssertHandles();
        }
    }

    private static async Task IntroduceAsync(TestDomain domain, CmaProcess cma, string other)
    {
        await TwoDomains.Ok("cma", "init", "--home", other, "--name", "CN=CMA B,O=Domain B,C=GB", "--domain", "O=Domain B,C=GB", "--listen", TwoDomains.FreePort());
        await TwoDomains.Ok("cma", "peer", "add", "--home", domain.Path, "--card", Path.Combine(other, "card.json"));
        await TwoDomains.Ok("cma", "peer", "add", "--home", other, "--card", Path.Combine(domain.Path, "card.json"), "--route", cma.EndPoint.ToString());
    }
}
