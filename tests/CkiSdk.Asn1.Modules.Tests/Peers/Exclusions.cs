namespace CkiSdk.Asn1.Modules.Tests.Peers;

/// <summary>Lists where asn1ct of Erlang/OTP 25 itself is at fault, each place with the clause that says so.</summary>
internal static class Exclusions
{
    private static readonly (string Module, string From, string To, string Reason)[] Rewordings =
    [
        ("KerberosV5Spec2", "GeneralString (IA5String)", "GeneralString", "A contained subtype with a parent of other characters stops it with an internal error (X.680 51.3)."),
    ];

    // Starts of answers; such a value is not counted.
    private static readonly (string Type, string Answer, string Reason)[] Answers =
    [
        ("", "refused ConstraintViolated", "asn1ct:value does not look at single values, alphabets of most types and combined constraints."),
        ("", "refused {asn1,{bad_range", "Our own value is outside a constraint that it was made without."),
        ("Tests.FeatureParameters.Perhaps", "", "It writes the explicit tag around a CHOICE as primitive (X.690 8.14.2)."),
        ("Tests.FeatureSets.Reordered", "", "Its encoder takes the components of an inner SET in the order of the text, its decoder gives them in that of the tags."),
        ("Tests.FeatureDefaults.EmptyBits", "", "An empty default of named bits stops it with badarg."),
    ];

    /// <summary>Says whether an answer of either side is the fault of asn1ct, or of the maker of the value.</summary>
    public static bool Explains(string type, string answer) => Answers.Any(known => (known.Type.Length == 0 || known.Type == type) && answer.StartsWith(known.Answer, StringComparison.Ordinal));

    /// <summary>Gives the text of a module in words that asn1ct takes.</summary>
    public static string Reword(string module, string text)
    {
        foreach (var rewording in Rewordings.Where(rewording => rewording.Module == module))
        {
            if (!text.Contains(rewording.From, StringComparison.Ordinal)) throw new InvalidOperationException($"{module} has no longer {rewording.From}.");
            text = text.Replace(rewording.From, rewording.To, StringComparison.Ordinal);
        }

        return text;
    }
}
