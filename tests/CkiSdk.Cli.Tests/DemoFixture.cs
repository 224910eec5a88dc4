using System.Globalization;
using System.Text.Json;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests;

/// <summary>Runs <c>cki demo --json</c> once, as a process of its own, for all tests that look at what it leaves behind.</summary>
public sealed class DemoFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DemoFixture()
    {
        // The shell counts what its child has had of the processors, whatever else they do.
        var times = _folder.PathOf("times");
        Result = ExternalProgram.Run("bash", ["-c", "times=$1; shift; \"$@\"; code=$?; times >\"$times\"; exit $code", "bash", times, .. CkiProgram.Command, "demo", "--folder", Folder, "--json"]);
        ProcessorTime = ReadTimes(File.ReadAllLines(times)[1]);
    }

    public string Folder => _folder.PathOf("domain");

    public ProgramResult Result { get; }

    public TimeSpan ProcessorTime { get; }

    public JsonElement Document => JsonDocument.Parse(Result.Text).RootElement;

    /// <summary>Copies the home of CMA A, with the modes of its files, into an empty folder.</summary>
    public void CopyTo(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "a"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    public void Dispose() => _folder.Dispose();

    // Of the program and of the system, as "0m1.234s 0m0.123s".
    private static TimeSpan ReadTimes(string line) => line.Split(' ').Select(time => time.TrimEnd('s').Replace(',', '.').Split('m'))
        .Aggregate(TimeSpan.Zero, (sum, time) => sum + TimeSpan.FromMinutes(int.Parse(time[0], CultureInfo.InvariantCulture)) + TimeSpan.FromSeconds(double.Parse(time[1], CultureInfo.InvariantCulture)));
}
