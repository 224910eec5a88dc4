namespace CkiSdk.Corpora;

/// <summary>Judges inputs one by one.</summary>
internal static class Judgement
{
    /// <summary>Judges one input; whatever the compiler throws is a disagreement.</summary>
    public static Outcome Guard(string file, string expected, Func<(string? Found, string? Note)> judge)
    {
        try
        {
            var (found, note) = judge();
            return new Outcome(file, expected, found, note);
        }
#pragma warning disable CA1031 // a fault of the compiler is what is looked for here
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return new Outcome(file, expected, $"{thrown.GetType().Name}: {thrown.Message}");
        }
    }
}
