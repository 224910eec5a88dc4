using System.Globalization;

namespace CkiSdk.Benchmarks.Timing;

/// <summary>Runs all targets and writes a table; a control that shows nothing is as wrong as an operation that shows its class.</summary>
internal static class TimingReport
{
    /// <summary>Runs and gives the exit code.</summary>
    public static int Run(TextWriter output)
    {
        var missed = 0;
        output.WriteLine($"{"operation",-80} {"n",8} {"|t|",8}");
        foreach (var target in TimingTargets.All())
        {
            var t = TimingTest.Run(target);
            var isRight = t >= TimingTest.Threshold == target.IsLeaky;
            missed += isRight ? 0 : 1;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Name,-80} {target.Measurements,8} {t,8:F2}{(isRight ? "" : "  missed")}"));
        }

        return missed == 0 ? 0 : 1;
    }
}
