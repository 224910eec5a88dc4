namespace CkiSdk.Benchmarks.Harness;

/// <summary>Names one comparison: the same work on the same input, done by us and by a peer.</summary>
/// <param name="Name">What is done, and beside whom.</param>
/// <param name="Target">The ratio of the times, ours to the peer's, that must not be exceeded; 0 for a comparison without a target.</param>
/// <param name="Operations">How many operations one pass consists of.</param>
/// <param name="Ours">Does one pass with our code.</param>
/// <param name="Theirs">Does one pass with the peer's.</param>
internal sealed record Row(string Name, double Target, int Operations, Action Ours, Action Theirs)
{
    /// <summary>Gets the octets that we may allocate for each operation.</summary>
    public long MostAllocated { get; init; } = long.MaxValue;

    /// <summary>Gets a value indicating whether the time is that of the clock, for work that other threads or programs do or that waits; else it is the processor time of the thread.</summary>
    public bool IsByClock { get; init; }

    /// <summary>Gets the most rounds, for passes that take much longer than a slice.</summary>
    public int MostRounds { get; init; } = int.MaxValue;

    /// <summary>Gets the time that one operation may take, in nanoseconds, whatever the peer takes.</summary>
    public double MostNanoseconds { get; init; } = double.MaxValue;

    /// <summary>Gets the time that stands in the place of a peer's, for what no peer does in a time worth waiting for; null if there is a peer.</summary>
    public TimeSpan? Limit { get; private init; }

    /// <summary>Gets what gives the time in the place of a clock around one pass; null for the clock.</summary>
    public Func<TimeSpan>? Reading { get; private init; }

    /// <summary>Gets what prepares one of our passes, for work that is done once with the same input: what is made for it, and what its check of the outcome takes, is not in its time. Null where each pass does the same.</summary>
    public Func<(Action Pass, Action Check)>? Preparing { get; init; }

    /// <summary>Makes a row that compares a time that its pass finds out itself, such as a percentile, with a fixed one.</summary>
    public static Row Reads(string name, TimeSpan limit, Func<TimeSpan> reading) => new(name, 1, 1, () => _ = reading(), () => { }) { Limit = limit, IsByClock = true, Reading = reading };

    /// <summary>Makes a row whose passes of ours are prepared.</summary>
    public static Row Prepared(string name, double target, int operations, Func<(Action Pass, Action Check)> preparing, Action theirs) => new(name, target, operations, () => Run(preparing()), theirs) { Preparing = preparing };

    /// <summary>Makes a row that compares one operation with a fixed time.</summary>
    public static Row Within(string name, TimeSpan limit, Action ours) => new(name, 1, 1, ours, () => { }) { Limit = limit };

    private static void Run((Action Pass, Action Check) prepared)
    {
        prepared.Pass();
        prepared.Check();
    }
}
