using System.IO.Pipelines;
using CkiSdk.Pki.Cms.Streaming;
using CkiSdk.Protocol.Sealing;
using CkiSdk.TestSupport;

namespace CkiSdk.Protocol.Tests.Sealing;

/// <summary>A content of a gibibyte goes through sealing and opening at once in less than 64 MB of memory (64 MiB of content in the usual run).</summary>
/// <remarks>What is measured is the memory of the process, which no other test may use at the same time.</remarks>
[Collection(nameof(LargeContentTests))]
[CollectionDefinition(nameof(LargeContentTests), DisableParallelization = true)]
public sealed class LargeContentTests
{
    private const long MiB = 1 << 20;
    private const long Limit = 64 * 1000 * 1000;

    [Theory]
    [InlineData(SealingScheme.TokenKey)]
    [InlineData(SealingScheme.OpenSsl)]
    public async Task Memory_StaysBelowTheLimit(SealingScheme scheme)
    {
        var parties = await SealingParties.Create();
        var length = LongRun.Count(64, 1024) * MiB;
        var pipe = new Pipe();
        var options = await parties.Options(scheme);
        GC.Collect();
        var before = Environment.WorkingSet;
        using var stop = new CancellationTokenSource();
        var watching = WatchAsync(stop.Token);

        using var target = new PatternStream(length);
        var sealing = Task.Run(async () =>
        {
            await MessageSealer.SealAsync(new PatternStream(length), pipe.Writer.AsStream(leaveOpen: true), options, SealingDomain.Provider, parties.Time);
            await pipe.Writer.CompleteAsync();
        });
        var stage = new Stage(target);
        var result = await MessageOpener.OpenAsync(
            pipe.Reader.AsStream(), () => stage, parties.Opener(SealingParties.B1, parties.ReceiveB1, scheme), SealingDomain.Provider, parties.Time);
        await sealing;
        await stop.CancelAsync();
        var most = await watching;
        Assert.True(result.IsOpened, $"{result.Refusal}: {result.Reason}");
        Assert.True(stage.IsCommitted && target.IsEqual && target.Position == length);
        Assert.True(most - before < Limit, $"{(most - before) / MiB} MiB more than before");
        TestContext.Current.TestOutputHelper?.WriteLine($"{length / MiB} MiB sealed and opened at once: {(most - before) / MiB} MiB of memory more than before");
    }

    [Fact]
    public async Task Garbage_DoesNotGrowWithTheContent()
    {
        var parties = await SealingParties.Create();
        var options = await parties.Options(SealingScheme.TokenKey);
        _ = await AllocatedAsync(parties, options, 4 * MiB); // what is made once
        var (little, much) = (await AllocatedAsync(parties, options, 4 * MiB), await AllocatedAsync(parties, options, 68 * MiB));
        Assert.InRange(little.Sealing, 1, MiB);
        Assert.InRange(little.Opening, 1, MiB);
        TestContext.Current.TestOutputHelper?.WriteLine($"64 MiB more: sealing {much.Sealing - little.Sealing} octets more, opening {much.Opening - little.Opening}");
        // 1,024 pieces more, each of which waits some times; an object for each wait was 500 octets for a piece and more.
        Assert.True(much.Sealing - little.Sealing < 32 * 1024, $"{(much.Sealing - little.Sealing) / 1024} octets for a piece that is sealed");
        Assert.True(much.Opening - little.Opening < 32 * 1024, $"{(much.Opening - little.Opening) / 1024} octets for a piece that is opened");
    }

    private static async Task<(long Sealing, long Opening)> AllocatedAsync(SealingParties parties, SealerOptions options, long length)
    {
        using var sealedMessage = new MemoryStream((int)length + (int)MiB);
        using var target = new PatternStream(length);
        var stage = new Stage(target, new WaitingStream(target));
        var start = GC.GetTotalAllocatedBytes(precise: true);
        await MessageSealer.SealAsync(new WaitingStream(new PatternStream(length)), new WaitingStream(sealedMessage), options, SealingDomain.Provider, parties.Time);
        var between = GC.GetTotalAllocatedBytes(precise: true);
        sealedMessage.Position = 0;
        var result = await MessageOpener.OpenAsync(
            new WaitingStream(sealedMessage), () => stage, parties.Opener(SealingParties.B1, parties.ReceiveB1, SealingScheme.TokenKey), SealingDomain.Provider, parties.Time);
        var end = GC.GetTotalAllocatedBytes(precise: true);
        Assert.True(result.IsOpened && stage.IsCommitted && target.IsEqual && target.Position == length);
        return (between - start, end - between);
    }

    private static async Task<long> WatchAsync(CancellationToken stop)
    {
        var most = 0L;
        while (!stop.IsCancellationRequested)
        {
            most = Math.Max(most, Environment.WorkingSet);
            await Task.Delay(20, CancellationToken.None);
        }

        return most;
    }

    private sealed class Stage(Stream stream, Stream? written = null) : IStagedOutput
    {
        public bool IsCommitted { get; private set; }

        public Stream Stream => written ?? stream;

        public ValueTask CommitAsync(CancellationToken cancellationToken = default)
        {
            IsCommitted = true;
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
