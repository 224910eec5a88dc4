using System.Diagnostics;

namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Starts this program again, for work that has to be another process's.</summary>
internal static class OwnProgram
{
    /// <summary>Starts it.</summary>
    /// <param name="arguments">What it is to do.</param>
    public static Process Start(params string[] arguments)
    {
        // Under `dotnet test` and alone this program is its own executable; else it is run by dotnet.
        var program = Environment.ProcessPath!;
        string[] own = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(OwnProgram).Assembly.Location] : [];
        return Process.Start(new ProcessStartInfo(program, [.. own, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
    }
}
