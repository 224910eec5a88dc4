using System.Diagnostics;
using System.Text.Json;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests;

/// <summary>Runs <c>cki demo --json</c> once, as a process of its own, for all tests that look at what it leaves behind.</summary>
public sealed class DemoFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DemoFixture()
    {
        var start = Stopwatch.GetTimestamp();
        Result = CkiProgram.Run("demo", "--folder", Folder, "--json");
        Duration = Stopwatch.GetElapsedTime(start);
    }

    public string Folder => _folder.PathOf("domain");

    public ProgramResult Result { get; }

    public TimeSpan Duration { get; }

    public JsonElement Document => JsonDocument.Parse(Result.Text).RootElement;

    /// <summary>Copies the home of CMA A, with the modes of its files, into an empty folder.</summary>
    public void CopyTo(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "a"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    public void Dispose() => _folder.Dispose();
}
