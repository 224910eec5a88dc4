namespace CkiSdk.Benchmarks.Harness;

/// <summary>Takes results, so that no compiler can leave out the work that made them.</summary>
internal static class Sink
{
    private static object? _last;

    /// <summary>Gets what was taken last.</summary>
    public static object? Last => _last;

    /// <summary>Gets the number that was taken last.</summary>
    public static long LastNumber { get; private set; }

    /// <summary>Takes a result.</summary>
    public static void Take(object result) => _last = result;

    /// <summary>Takes a number.</summary>
    public static void Take(long number) => LastNumber = number;
}
