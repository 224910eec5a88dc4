using System.Diagnostics;
using System.Runtime;
using CkiSdk.TestSupport;

namespace CkiSdk.Benchmarks.Harness;

/// <summary>Measures a row: both sides in turn in each round, so that what disturbs the machine disturbs both.</summary>
/// <param name="rounds">The number of rounds.</param>
/// <param name="slice">How long one side runs in one round.</param>
/// <param name="longestWarmUp">When warming up ends even if the just-in-time compiler has not come to rest.</param>
internal sealed class RowRunner(int rounds, TimeSpan slice, TimeSpan longestWarmUp)
{
    // The compiler waits 100 ms without new methods before it promotes the ones that are called often.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    private const int RoundsWithin = 7; // of what may take seconds

    /// <summary>Gets the runner whose figures count.</summary>
    public static RowRunner Full { get; } = new(41, TimeSpan.FromMilliseconds(25), TimeSpan.FromSeconds(12));

    /// <summary>Gets the runner that only shows that each row runs.</summary>
    public static RowRunner Smoke { get; } = new(1, TimeSpan.FromMilliseconds(1), TimeSpan.Zero);

    /// <summary>Warms up and measures.</summary>
    public RowResult Run(Row row)
    {
        Func<long> clock = row.IsByClock ? static () => (long)Stopwatch.GetElapsedTime(0).TotalNanoseconds : static () => ProcessorTime.Nanoseconds;
        WarmUp(row, clock);
        if (row.Limit is { } limit)
            return Run(row, clock, limit);
        var (ourPasses, peerPasses) = (PassesIn(slice, clock, row.Ours), PassesIn(slice, clock, row.Theirs));
        var count = Math.Min(rounds, row.MostRounds);
        var (ours, peer, ratios) = (new double[count], new double[count], new double[count]);
        for (var round = 0; round < count; round++)
        {
            // Who comes first changes, because the second one may pay for the garbage of the first.
            if (round % 2 == 0)
                ours[round] = OurTime(row, clock, ourPasses);
            peer[round] = Time(clock, row.Theirs, peerPasses);
            if (round % 2 != 0)
                ours[round] = OurTime(row, clock, ourPasses);
            ratios[round] = ours[round] / peer[round];
        }

        var ratio = Median(ratios);
        var allocated = Allocated(row.Ours) / row.Operations;
        var time = Median(ours) / row.Operations;
        return new RowResult(
            row.Name, time, Median(peer) / row.Operations, ratio, row.Target, (row.Target == 0 || ratio <= row.Target) && allocated <= row.MostAllocated && time <= row.MostNanoseconds,
            allocated, Allocated(row.Theirs) / row.Operations);
    }

    private RowResult Run(Row row, Func<long> clock, TimeSpan limit)
    {
        var times = new double[Math.Min(rounds, RoundsWithin)];
        for (var round = 0; round < times.Length; round++)
            times[round] = row.Reading?.Invoke().TotalNanoseconds ?? OurTime(row, clock, 1);
        var (time, allocated) = (Median(times), row.Reading is null ? Allocated(row.Ours) : 0);
        var ratio = time / limit.TotalNanoseconds;
        return new RowResult(row.Name, time, limit.TotalNanoseconds, ratio, row.Target, ratio <= row.Target && allocated <= row.MostAllocated, allocated, 0);
    }

    // Goes on until two rests pass without a newly compiled method.
    private void WarmUp(Row row, Func<long> clock)
    {
        var watch = Stopwatch.StartNew();
        var time = Rest < longestWarmUp ? Rest : TimeSpan.Zero;
        for (var quiet = 0; quiet < 2;)
        {
            var before = JitInfo.GetCompiledMethodCount();
            PassesIn(time, clock, row.Ours);
            PassesIn(time, clock, row.Theirs);
            if (watch.Elapsed >= longestWarmUp)
                return;
            Thread.Sleep(Rest);
            quiet = JitInfo.GetCompiledMethodCount() == before ? quiet + 1 : 0;
        }
    }

    // Runs for that long, once at least, and counts the passes.
    private static int PassesIn(TimeSpan time, Func<long> clock, Action pass)
    {
        var end = clock() + (long)time.TotalNanoseconds;
        var passes = 0;
        do
        {
            pass();
            passes++;
        }
        while (clock() < end);
        return passes;
    }

    private static double OurTime(Row row, Func<long> clock, int passes)
    {
        if (row.Preparing is null) return Time(clock, row.Ours, passes);
        var (pass, check) = row.Preparing();
        GC.Collect(); // what was prepared is not for the pass to carry on
        var time = Time(clock, pass, 1);
        check();
        return time;
    }

    // Nanoseconds for each pass.
    private static double Time(Func<long> clock, Action pass, int passes)
    {
        var start = clock();
        for (var i = 0; i < passes; i++)
            pass();
        return (double)(clock() - start) / passes;
    }

    private static long Allocated(Action pass)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        pass();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
