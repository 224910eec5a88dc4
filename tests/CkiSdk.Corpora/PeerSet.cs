namespace CkiSdk.Corpora;

/// <summary>Compares modules of which verdicts.tsv says what other compilers make of them: what one of them accepts has no error here.</summary>
internal sealed class PeerSet(string name) : ICorpusSet
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IEnumerable<Outcome> Compare(string folder)
    {
        var modules = ModuleFolder.Read(folder);
        var accepted = File.ReadLines(Path.Combine(folder, "verdicts.tsv")).Skip(1)
            .Select(line => line.Split('\t'))
            .Where(row => modules.Has(row[0]))
            .GroupBy(row => row[0], row => row.Skip(1).Contains("ok", StringComparer.Ordinal), StringComparer.Ordinal)
            .ToDictionary(rows => rows.Key, rows => rows.Any(ok => ok), StringComparer.Ordinal);
        return modules.Names.Where(accepted.ContainsKey).AsParallel().AsOrdered().Select(file => Compare(modules, file, accepted[file])).ToList();
    }

    private static Outcome Compare(ModuleFolder modules, string file, bool isAccepted) => Judgement.Guard(
        file,
        isAccepted ? "no error, as others" : "a diagnostic or nothing, as no other accepts it",
        () => modules.Check(file).FirstOrDefault(fault => fault.IsError)?.ToString() is { } error ? (isAccepted ? error : null, error) : (null, null));
}
