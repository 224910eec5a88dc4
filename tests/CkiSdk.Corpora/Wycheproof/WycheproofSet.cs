using System.Text.Json;

namespace CkiSdk.Corpora.Wycheproof;

/// <summary>
/// Compares vector files of Wycheproof, told apart by what each group of tests says of itself: what is valid is accepted, what is invalid is refused, what is
/// acceptable may be either. Groups of algorithms that are no part of the SDK are passed over and named on the standard error.
/// </summary>
internal sealed class WycheproofSet(string name) : ICorpusSet
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IEnumerable<Outcome> Compare(string folder) =>
        Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).SelectMany(CompareFile);

    private static IEnumerable<Outcome> CompareFile(string path)
    {
        var file = Path.GetFileName(path);
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var outcomes = new List<Outcome>();
        if (!document.RootElement.TryGetProperty("testGroups", out var groups))
            return outcomes;
        var algorithm = document.RootElement.TryGetProperty("algorithm", out var named) ? named.GetString()! : "";
        var passedOver = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var group in groups.EnumerateArray())
        {
            var judge = Judges.For(new WycheproofGroup(algorithm, group), out var reason);
            var tests = group.GetProperty("tests");
            if (judge is null)
                passedOver[reason] = passedOver.GetValueOrDefault(reason) + tests.GetArrayLength();
            else
                outcomes.AddRange(tests.EnumerateArray().Select(test => Judge(file, test, judge)));
        }

        foreach (var (reason, count) in passedOver)
            Console.Error.WriteLine($"   {file}: {count} tests passed over: {reason}");
        return outcomes;
    }

    private static Outcome Judge(string file, JsonElement test, Func<JsonElement, bool> judge)
    {
        var expected = test.GetProperty("result").GetString()!;
        return Judgement.Guard($"{file}#{test.GetProperty("tcId")}", expected, () =>
        {
            var isAccepted = judge(test);
            var isWrong = expected == "valid" ? !isAccepted : expected == "invalid" && isAccepted;
            return (isWrong ? (isAccepted ? "accepted" : "refused") : null, null);
        });
    }
}
