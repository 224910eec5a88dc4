using System.Globalization;

namespace CkiSdk.Cli.Tests.Soak;

/// <summary>Is what a process holds at one moment, by the kernel's own count.</summary>
/// <param name="Own">Resident memory that no file backs, in octets.</param>
/// <param name="Handles">Open file descriptors, connections among them, but not the store's.</param>
/// <param name="StoreHandles">Open file descriptors of the store: its sessions, each of which one thread at a time reads or writes with.</param>
/// <param name="Threads">Threads.</param>
internal readonly record struct ProcessReading(long Own, int Handles, int StoreHandles, int Threads)
{
    /// <summary>Reads it from /proc.</summary>
    public static ProcessReading Of(int process)
    {
        var status = File.ReadLines($"/proc/{process}/status")
            .Select(line => line.Split([':', '\t', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1)
            .ToDictionary(words => words[0], words => words[1], StringComparer.Ordinal);
        long Number(string name) => long.Parse(status[name], CultureInfo.InvariantCulture);
        var handles = Directory.GetFileSystemEntries($"/proc/{process}/fd");
        var ofStore = handles.Count(handle => new FileInfo(handle).LinkTarget?.Contains("/store.sqlite", StringComparison.Ordinal) == true);
        return new ProcessReading((Number("RssAnon") + Number("RssShmem")) * 1024, handles.Length - ofStore, ofStore, (int)Number("Threads"));
    }
}
