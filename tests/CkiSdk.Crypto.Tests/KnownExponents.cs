using System.Text.Json;

namespace CkiSdk.Crypto.Tests;

/// <summary>Reads the pairs x, y out of the project's known-answer file.</summary>
public static class KnownExponents
{
    public static TheoryData<string, string, string, string> All()
    {
        using var stream = typeof(KnownExponents).Assembly.GetManifestResourceStream("derivation.json")!;
        using var document = JsonDocument.Parse(stream);
        var rows = new TheoryData<string, string, string, string>();
        var index = 0;
        foreach (var row in document.RootElement.GetProperty("private").EnumerateArray())
        {
            foreach (var usage in new[] { "send", "receive" })
            {
                var pair = row.GetProperty(usage);
                rows.Add($"{index} {usage}", row.GetProperty("group").GetString()!, pair.GetProperty("x").GetString()!, pair.GetProperty("y").GetString()!);
            }

            index++;
        }

        return rows;
    }
}
