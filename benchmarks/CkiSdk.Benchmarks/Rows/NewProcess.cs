using System.Diagnostics;
using System.Globalization;
using CkiSdk.TestSupport;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Measures the generator in a process of its own, where nothing is compiled yet by the just-in-time compiler.</summary>
internal static class NewProcess
{
    /// <summary>The argument with which this program is such a process.</summary>
    public const string Argument = "--generate";

    /// <summary>Generates from nothing and after an edit, and writes how long each took.</summary>
    public static int Run(TextWriter output)
    {
        if (ModuleSet.Find() is not { } modules)
            return 1;
        var (clean, edit) = (ProcessorTime.Of(modules.Begin), ProcessorTime.Of(modules.Edit));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clean.Ticks} {edit.Ticks}"));
        return 0;
    }

    /// <summary>Starts one and returns the two times.</summary>
    public static (TimeSpan Clean, TimeSpan Edit) Measure()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(NewProcess).Assembly.Location, Argument]) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException("No process was started.");
        var times = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        return (Time(times[0]), Time(times[1]));
    }

    private static TimeSpan Time(string ticks) => TimeSpan.FromTicks(long.Parse(ticks, CultureInfo.InvariantCulture));
}
