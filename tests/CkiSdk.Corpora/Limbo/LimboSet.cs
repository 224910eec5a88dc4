using System.Text.Json;

namespace CkiSdk.Corpora.Limbo;

/// <summary>Compares certification path test cases in the format of x509-limbo: every file of the folder that holds test cases.</summary>
internal sealed class LimboSet(string name) : ICorpusSet
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IEnumerable<Outcome> Compare(string folder) => Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).SelectMany(File).ToList();

    private static IEnumerable<Outcome> File(string path)
    {
        using var file = System.IO.File.OpenRead(path);
        var cases = JsonSerializer.Deserialize(file, LimboJson.Default.LimboFile)?.Testcases ?? [];
        return cases.AsParallel().AsOrdered().Select(Judge).ToList();
    }

    private static Outcome Judge(LimboCase test) => Judgement.Guard(test.Id, test.ExpectedResult, () =>
    {
        var reasons = LimboValidation.Run(test);
        var found = reasons.Count == 0 ? "SUCCESS" : "FAILURE";
        return (found == test.ExpectedResult ? null : reasons.Count == 0 ? found : string.Join("; ", reasons), string.Join("; ", reasons));
    });
}
