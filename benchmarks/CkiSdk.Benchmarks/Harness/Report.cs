using System.Globalization;
using System.Text.Json;

namespace CkiSdk.Benchmarks.Harness;

/// <summary>Writes results for people and for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Writes the head of the table.</summary>
    public static void Head(TextWriter output) =>
        output.WriteLine($"{"row",-52} {"ours ns",12} {"peer ns",12} {"ratio",7} {"target",7} {"ours B",8} {"peer B",8}");

    /// <summary>Writes one line of the table.</summary>
    public static void Line(TextWriter output, RowResult row) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Name,-52} {row.Ours,12:N0} {row.Peer,12:N0} {row.Ratio,7:F3} {row.Target,7:F2} {row.OursAllocated,8} {row.PeerAllocated,8}{(row.Met ? "" : "  missed")}"));

    /// <summary>Writes all rows as a JSON array.</summary>
    public static void Write(string file, IReadOnlyList<RowResult> rows) => File.WriteAllText(file, JsonSerializer.Serialize(rows, Json) + "\n");
}
