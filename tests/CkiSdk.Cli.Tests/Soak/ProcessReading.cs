using System.Globalization;

namespace CkiSdk.Cli.Tests.Soak;

/// <summary>Is what a process holds at one moment, by the kernel's own count.</summary>
/// <param name="Own">Resident memory that no file backs, in octets.</param>
/// <param name="Handles">Open file descriptors, connections among them.</param>
/// <param name="Threads">Threads.</param>
internal readonly record struct ProcessReading(long Own, int Handles, int Threads)
{
    /// <summary>Reads it from /proc.</summary>
    public static ProcessReading Of(int process)
    {
        var status = File.ReadLines($"/proc/{process}/status")
            .Select(line => line.Split([':', '\t', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1)
            .ToDictionary(words => words[0], words => words[1], StringComparer.Ordinal);
        long Number(string name) => long.Parse(status[name], CultureInfo.InvariantCulture);
        return new ProcessReading((Number("RssAnon") + Number("RssShmem")) * 1024, Directory.GetFileSystemEntries($"/proc/{process}/fd").Length, (int)Number("Threads"));
    }
}
