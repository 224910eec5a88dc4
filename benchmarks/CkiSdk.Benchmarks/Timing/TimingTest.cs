using System.Diagnostics;

namespace CkiSdk.Benchmarks.Timing;

/// <summary>Tests whether the times of two classes of inputs differ: Welch's t over measurements in random order, as dudect does it.</summary>
internal static class TimingTest
{
    /// <summary>The greatest |t| of an operation that does not tell its class.</summary>
    public const double Threshold = 4.5;

    private const int WarmUp = 2000;

    // Interrupts and collections are noise above; each cut of the slowest measurements gives one test, and the greatest |t| counts.
    private static readonly double[] Cuts = [1.0, 0.99, 0.95, 0.9, 0.75, 0.5];

    /// <summary>Measures one target and gives the greatest |t|.</summary>
    public static double Run(TimingTarget target)
    {
        for (var i = 0; i < Math.Min(WarmUp, target.Measurements); i++)
            target.Prepare(i % 2 == 0)();
        var times = (Left: new List<double>(), Right: new List<double>());
        var classes = new byte[target.Measurements];
        System.Security.Cryptography.RandomNumberGenerator.Fill(classes);
        foreach (var octet in classes)
        {
            var isLeft = (octet & 1) == 0;
            var operation = target.Prepare(isLeft);
            Interlocked.MemoryBarrier(); // what the preparation still reads and writes is not measured
            var start = Stopwatch.GetTimestamp();
            operation();
            (isLeft ? times.Left : times.Right).Add(Stopwatch.GetTimestamp() - start);
        }

        var sorted = times.Left.Concat(times.Right).Order().ToArray();
        return Cuts.Max(cut => Math.Abs(Welch(times.Left, times.Right, sorted[(int)(cut * (sorted.Length - 1))])));
    }

    private static double Welch(List<double> left, List<double> right, double limit)
    {
        var (leftMean, leftVariance, leftCount) = Moments(left.Where(time => time <= limit));
        var (rightMean, rightVariance, rightCount) = Moments(right.Where(time => time <= limit));
        var error = Math.Sqrt((leftVariance / leftCount) + (rightVariance / rightCount));
        return error > 0 ? (leftMean - rightMean) / error : 0;
    }

    private static (double Mean, double Variance, int Count) Moments(IEnumerable<double> values)
    {
        var (mean, squares, count) = (0.0, 0.0, 0);
        foreach (var value in values)
        {
            count++;
            var difference = value - mean;
            mean += difference / count;
            squares += difference * (value - mean);
        }

        return (mean, squares / Math.Max(1, count - 1), count);
    }
}
