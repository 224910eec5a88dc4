using CkiSdk.Asn1.Compiler.Diagnostics;

namespace CkiSdk.Corpora;

/// <summary>Says what counts as clean.</summary>
internal static class Judgement
{
    /// <summary>Says whether a diagnostic leaves a module clean: an import from a module that is not there, and a macro that is skipped.</summary>
    public static bool IsClean(Asn1Diagnostic fault) => !fault.IsError && fault.Code is DiagnosticCodes.UnresolvedImport or DiagnosticCodes.Skipped;

    /// <summary>Judges one input; whatever the compiler throws is a disagreement.</summary>
    public static Outcome Guard(string file, string expected, Func<string?> judge)
    {
        try
        {
            return new Outcome(file, expected, judge());
        }
#pragma warning disable CA1031 // a fault of the compiler is what is looked for here
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return new Outcome(file, expected, $"{thrown.GetType().Name}: {thrown.Message}");
        }
    }
}
