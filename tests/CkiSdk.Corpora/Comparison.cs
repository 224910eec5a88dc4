using CkiSdk.Corpora.Limbo;
using CkiSdk.Corpora.Pkits;
using CkiSdk.Corpora.Wycheproof;

namespace CkiSdk.Corpora;

/// <summary>Runs the sets that are there and counts.</summary>
internal static class Comparison
{
    /// <summary>Gets the sets that are compared.</summary>
    public static IReadOnlyList<ICorpusSet> Sets { get; } =
    [
        new SuffixSet("asn1/asn1c-verdicts"),
        new PeerSet("asn1/otp-features"),
        new PeerSet("asn1/standards"),
        new ProjectSet("asn1/projects"),
        new LimboSet("pki/limbo"),
        new WycheproofSet("pki/wycheproof"),
        new PkitsSet("pki/pkits"),
    ];

    /// <summary>Compares all sets or one, prints each disagreement and the sum, and returns the exit code.</summary>
    public static int Run(string folder, string? only, bool withNotes)
    {
        var (agreed, disagreed) = (0, 0);
        foreach (var set in Sets.Where(set => only is null || set.Name == only || Path.GetFileName(set.Name) == only))
        {
            var place = Path.Combine(folder, set.Name);
            if (!Directory.Exists(place)) continue;
            var outcomes = set.Compare(place).ToList();
            var wrong = outcomes.Where(outcome => outcome.Found is not null).ToList();
            foreach (var outcome in wrong) Console.WriteLine($"{set.Name}/{outcome.File}: expected {outcome.Expected}, found {outcome.Found}");
            foreach (var outcome in outcomes.Where(outcome => withNotes && outcome is { Found: null, Note: not null })) Console.WriteLine($"   {outcome.File}: {outcome.Note}");
            Console.WriteLine($"-- {set.Name}: {outcomes.Count - wrong.Count} agreed, {wrong.Count} disagreed");
            agreed += outcomes.Count - wrong.Count;
            disagreed += wrong.Count;
        }

        Console.WriteLine($"{agreed} agreed, {disagreed} disagreed");
        return disagreed > 0 ? 1 : 0;
    }
}
