using System.Globalization;

namespace CkiSdk.Benchmarks.Timing;

/// <summary>Runs targets and writes a table; a control that shows nothing is as wrong as an operation that shows its class.</summary>
internal static class TimingReport
{
    /// <summary>Runs and gives the exit code.</summary>
    /// <param name="output">Receives the table.</param>
    /// <param name="arguments"><c>--count N</c> for another number of measurements, and parts of the names of targets; none for all.</param>
    public static int Run(TextWriter output, ReadOnlySpan<string> arguments)
    {
        var (filters, count) = (new List<string>(), 0);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] != "--count")
                filters.Add(arguments[i]);
            else if (++i >= arguments.Length || !int.TryParse(arguments[i], NumberStyles.None, CultureInfo.InvariantCulture, out count) || count < 100)
                return Usage();
        }

        var targets = TimingTargets.All()
            .Where(target => filters.Count == 0 || filters.Exists(filter => target.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
            .Select(target => count > 0 ? target with { Measurements = count } : target).ToList();
        return targets.Count > 0 ? Run(output, targets) : Usage();
    }

    private static int Run(TextWriter output, List<TimingTarget> targets)
    {
        var missed = 0;
        output.WriteLine($"{"operation",-80} {"n",8} {"|t|",8}");
        foreach (var target in targets)
        {
            var t = TimingTest.Run(target);
            var isRight = t >= TimingTest.Threshold == target.IsLeaky;
            missed += isRight ? 0 : 1;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Name,-80} {target.Measurements,8} {t,8:F2}{(isRight ? "" : "  missed")}"));
        }

        return missed == 0 ? 0 : 1;
    }

    private static int Usage()
    {
        Console.Error.WriteLine("usage: CkiSdk.Benchmarks --timing [--count N] [FILTER…], N at least 100, FILTER a part of the name of an operation");
        return 2;
    }
}
