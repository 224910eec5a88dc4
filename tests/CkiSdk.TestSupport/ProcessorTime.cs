using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CkiSdk.TestSupport;

/// <summary>Measures the processor time of the calling thread, which other work on the machine does not lengthen as it does the time by the clock.</summary>
/// <remarks>It counts what this thread does, not what it waits for; where the system does not tell it, it is the time by the clock.</remarks>
public static partial class ProcessorTime
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    // CLOCK_THREAD_CPUTIME_ID of Linux.
    private const int ThreadClock = 3;

    /// <summary>Gets the nanoseconds that this thread has taken by now.</summary>
    public static long Nanoseconds => OperatingSystem.IsLinux() && ReadClock(ThreadClock, out var time) == 0
        ? (time.Seconds * 1_000_000_000) + time.Nanoseconds
        : (long)Stopwatch.GetElapsedTime(0).TotalNanoseconds;

    /// <summary>Measures an action.</summary>
    public static TimeSpan Of(Action action)
    {
        var start = Nanoseconds;
        action();
        return TimeSpan.FromTicks((Nanoseconds - start) / TimeSpan.NanosecondsPerTick);
    }

    /// <summary>Repeats an action until one run keeps to a limit, and gives the least time of a run.</summary>
    /// <remarks>The pauses are for the just-in-time compiler, which makes code fast only after it has run a while, and for caches that others use.</remarks>
    /// <param name="attempts">The most runs.</param>
    /// <param name="limit">The time that is short enough.</param>
    /// <param name="action">What is measured.</param>
    public static TimeSpan Least(int attempts, TimeSpan limit, Action action)
    {
        var least = TimeSpan.MaxValue;
        for (var i = 0; i < attempts && least > limit; i++)
        {
            if (i > 0)
                Thread.Sleep(Pause);
            var time = Of(action);
            least = time < least ? time : least;
        }

        return least;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReadClock(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
