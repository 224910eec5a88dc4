using System.Diagnostics;

namespace CkiSdk.Benchmarks.Load;

/// <summary>Is what a load came to.</summary>
/// <param name="PerSecond">How many certificates there were in a second.</param>
/// <param name="Microseconds">The processor time of the whole process for each, the making of the requests and the kernel's work for it included; other programs do not lengthen it.</param>
internal readonly record struct LoadFigure(double PerSecond, double Microseconds)
{
    /// <summary>Keeps callers busy: each asks again as soon as it is answered.</summary>
    /// <param name="callers">How many there are.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="certificates">How many certificates each request is for.</param>
    /// <param name="ask">Asks once; it is given the caller's number.</param>
    public static async Task<LoadFigure> Of(int callers, double seconds, int certificates, Func<int, Task> ask)
    {
        var (clock, processor, done) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, 0);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (; clock.Elapsed.TotalSeconds < seconds; Interlocked.Add(ref done, certificates)) await ask(caller);
        })));
        return new LoadFigure(done / clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / done);
    }
}
