using CkiSdk.TestSupport;
using CkiSdk.Transports.Spool;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Tests.Spool;

/// <summary>Shows what somebody cannot do who may write into the folder of a spool.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SpoolFolderTests : IDisposable
{
    private static readonly byte[] Request = [0x30, 0x03, 0x02, 0x01, 0x05];
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("in")]
    [InlineData("out")]
    [InlineData("done")]
    [InlineData("failed")]
    public async Task AFolderThatIsALink_IsNotUsed_AndWhatIsThereStays(string linked)
    {
        // As old as what a spool forgets, and named as it names its files.
        var home = Directory.CreateDirectory(_folder.PathOf("home")).FullName;
        foreach (var name in new[] { "home.key", "a.pki", "a.txt", ".0123456789abcdef" })
        {
            await File.WriteAllTextAsync(Path.Combine(home, name), "precious", Cancel);
            File.SetLastWriteTimeUtc(Path.Combine(home, name), DateTime.UtcNow.AddYears(-1));
        }

        var party = new ScriptedParty();
        var spool = new SpoolFolder(_folder.PathOf("spool"));
        await spool.PrepareAsync(Cancel);
        Directory.Delete(_folder.PathOf($"spool/{linked}"));
        Directory.CreateSymbolicLink(_folder.PathOf($"spool/{linked}"), home);
        await Assert.ThrowsAsync<IOException>(async () => await spool.PrepareAsync(Cancel));
        await Assert.ThrowsAsync<IOException>(async () => await spool.PruneAsync(DateTimeOffset.UtcNow, Cancel));
        await Assert.ThrowsAsync<IOException>(async () => await SpoolListener.StartAsync(party, new SpoolListenerOptions { Place = spool, Identity = null }, Cancel));
        Assert.Equal(4, Directory.GetFiles(home).Length);
        Assert.All(Directory.GetFiles(home), path => Assert.Equal("precious", File.ReadAllText(path)));
    }

    [Fact]
    public async Task WhatIsNoneOfASpoolsFiles_IsNotForgotten()
    {
        var spool = new SpoolFolder(_folder.PathOf("spool"));
        await spool.PrepareAsync(Cancel);
        string[] foreign = ["home.key", "notes.txt.gz", ".profile", ".0123456789abcdeg", "report.txt~", "store.db"];
        string[] own = ["20250101T000000000-0123456789abcdef.pki", "m1.time", "m1.txt", ".0123456789abcdef"];
        foreach (var name in foreign.Concat(own))
        {
            await File.WriteAllTextAsync(_folder.PathOf($"spool/done/{name}"), "x", Cancel);
            File.SetLastWriteTimeUtc(_folder.PathOf($"spool/done/{name}"), DateTime.UtcNow.AddYears(-1));
        }

        await spool.PruneAsync(DateTimeOffset.UtcNow.AddDays(-30), Cancel);
        Assert.Equal(foreign.Order(StringComparer.Ordinal), Directory.GetFiles(_folder.PathOf("spool/done")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    // The umask of a service is often 077; who may read the folder is what the operator has said.
    [Theory]
    [InlineData(0b111_111_000, 0b110_100_000)]
    [InlineData(0b111_000_000, 0b110_000_000)]
    [InlineData(0b111_101_101, 0b110_100_100)]
    public async Task AFile_MayBeRead_ByWhoeverMayReadItsFolder(int ofFolder, int ofFile)
    {
        var spool = new SpoolFolder(_folder.PathOf("spool"));
        await spool.PrepareAsync(Cancel);
        File.SetUnixFileMode(_folder.PathOf("spool/in"), (UnixFileMode)ofFolder);
        await spool.SendAsync("m1", Request, Cancel);
        Assert.Equal((UnixFileMode)ofFile, File.GetUnixFileMode(_folder.PathOf("spool/in/m1.pki")));
    }

    [Fact]
    public async Task AMessage_ThatMayBeReadAlone_IsTaken_ByOne()
    {
        var spool = new SpoolFolder(_folder.PathOf("spool"));
        await spool.SendAsync("m1", Request, Cancel);
        using var held = RegularFile.Hold(_folder.PathOf("spool/in/m1.pki"));
        Assert.NotNull(held);
        Assert.Null(RegularFile.Hold(_folder.PathOf("spool/in/m1.pki")));
        Assert.Null(await spool.ClaimAsync("m1", 100, Cancel));
        await held.DisposeAsync();

        // Whoever is not root cannot open it for writing; root can.
        File.SetUnixFileMode(_folder.PathOf("spool/in/m1.pki"), UnixFileMode.UserRead);
        await using var claim = await spool.ClaimAsync("m1", 100, Cancel);
        Assert.Equal(Request, claim!.Octets.ToArray());
    }

    [Theory]
    [InlineData("out", ".pki")]
    [InlineData("failed", ".txt")]
    public async Task APipe_IsNoAnswer_AndHoldsUpNobody(string folder, string ending)
    {
        await using var transport = new SpoolTransport(new SpoolTransportOptions { Place = new SpoolFolder(_folder.PathOf("spool")), Identity = null, Interval = TimeSpan.FromMilliseconds(5) });
        var asking = Task.Run(async () => await transport.ExchangeAsync(Request, Cancel), Cancel);
        while (!Directory.Exists(_folder.PathOf("spool/in")) || Directory.GetFiles(_folder.PathOf("spool/in"), "*.pki").Length == 0) await Task.Delay(5, Cancel);
        var name = Path.GetFileNameWithoutExtension(Directory.GetFiles(_folder.PathOf("spool/in"), "*.pki")[0]);

        // Whoever opens it for reading waits until somebody writes, which nobody does.
        ExternalProgram.RunOk("mkfifo", [_folder.PathOf($"spool/{folder}/{name}{ending}")]);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(() => asking.WaitAsync(LongestWait, Cancel));
        Assert.Contains("is no file", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListenerThatStumbles_ServesTheOthers()
    {
        var party = new ScriptedParty();
        var spool = new SpoolFolder(_folder.PathOf("spool"));
        await using var listener = await SpoolListener.StartAsync(party, new SpoolListenerOptions { Place = spool, Identity = null, Interval = TimeSpan.FromMilliseconds(5) }, Cancel);

        // The folder is away for a while, then another thing, then there again.
        Directory.Move(_folder.PathOf("spool/in"), _folder.PathOf("elsewhere"));
        await File.WriteAllTextAsync(_folder.PathOf("spool/in"), "no folder", Cancel);
        await Task.Delay(50, Cancel);
        File.Delete(_folder.PathOf("spool/in"));
        Directory.Move(_folder.PathOf("elsewhere"), _folder.PathOf("spool/in"));
        await using var transport = new SpoolTransport(new SpoolTransportOptions { Place = new SpoolFolder(_folder.PathOf("spool")), Identity = null });
        Assert.NotNull((await transport.ExchangeAsync(Request, Cancel)).Message);
    }
}
