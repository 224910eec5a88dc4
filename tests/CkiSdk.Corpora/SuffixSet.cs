using CkiSdk.Asn1.Compiler.Diagnostics;

namespace CkiSdk.Corpora;

/// <summary>Compares modules whose names end with the verdict: OK, SE (semantic error), SW (semantic warning), NP (not parseable).</summary>
internal sealed class SuffixSet(string name) : ICorpusSet
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IEnumerable<Outcome> Compare(string folder)
    {
        var modules = ModuleFolder.Read(folder);
        return modules.Names.AsParallel().AsOrdered().Select(file => Compare(modules, file)).ToList();
    }

    private static Outcome Compare(ModuleFolder modules, string file)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        var verdict = stem[(stem.LastIndexOf('-') + 1)..];
        return Judgement.Guard(file, Expected(verdict), () => (Judge(verdict, modules.Check(file)), null));
    }

    private static string Expected(string verdict) => verdict switch
    {
        "OK" => "no error",
        "SE" => "an error",
        "SW" => "a warning and no error",
        "NP" => "a syntax error",
        _ => $"one of the verdicts OK, SE, SW, NP instead of {verdict}",
    };

    private static string? Judge(string verdict, IReadOnlyList<Asn1Diagnostic> faults) => verdict switch
    {
        "OK" => faults.FirstOrDefault(fault => fault.IsError)?.ToString(),
        "SE" => faults.Any(fault => fault.IsError) ? null : "none",
        "SW" => faults.FirstOrDefault(fault => fault.IsError) is { } error ? error.ToString() : faults.Count > 0 ? null : "none",
        "NP" => faults.Any(fault => fault.IsError && fault.Code.StartsWith("CKI00", StringComparison.Ordinal)) ? null : "none",
        _ => "none of these verdicts",
    };
}
