using System.Text.RegularExpressions;

namespace CkiSdk.Asn1.Modules.Tests.Peers;

/// <summary>Lists where asn1ct of Erlang/OTP 25 itself is at fault, each place with the clause that says so.</summary>
internal static class Exclusions
{
    private static readonly (string Module, string From, string To, string Reason)[] Rewordings =
    [
        ("KerberosV5Spec2", "GeneralString (IA5String)", "GeneralString", "A contained subtype with a parent of other characters stops it with an internal error (X.680 51.3)."),
    ];

    // A value that is answered so is not counted.
    private static readonly (string Type, string Answer, string Reason)[] Answers =
    [
        ("", "refused ConstraintViolated", "asn1ct:value does not look at single values, at alphabets of most types and at combined constraints."),
        ("", "enumerated_not_in_range", "It does not write the items of later versions that it reads (X.680 20.4)."),
        ("", "bad_range", "Our own value is outside a constraint that it was made without."),
        ("", "refused .*extension-attribute-value:", "asn1ct:value fills open types with octets of any kind."),
        ("ExtendedSecurityServices2006.", "dynamicsort_SET_components", "Its encoder of a SET stops at an absent component beside an untagged CHOICE."),
        ("FeatureParameters.Perhaps", "", "It writes the tag around a CHOICE that a parameter brings as primitive (X.690 8.14.2)."),
        ("FeatureParameters.Row", "", "It writes the tag of a SEQUENCE that a parameter brings as primitive (X.690 8.14.2)."),
        ("FeatureTagsImplicit.Nine", "", "It keeps the tag of a tagged CHOICE under an implicit tag; only an untagged CHOICE stays explicit (X.680 31.2.7 c)."),
        ("FeatureTagsExplicit.", "invalid_tag", "Its decoder takes tags of 14 bits at most."),
        ("FeatureReal.", "badmatch,\\{(0|'(PLUS|MINUS)-INFINITY'),<<>>", "Zero and the infinities (X.690 8.5.2, 8.5.9) stop its decoder."),
        ("FeatureReal.", "InvalidReal", "Decimal values, which our REAL does not hold."),
        ("FeatureSets.", "encode_boolean|function_clause|[0-9A-F]{8}", "Its encoder takes the components of a SET in another order than its decoder gives them, and stops at an absent default beside an untagged CHOICE."),
        ("", "bit_size,\\[\\[\\]", "Empty named bits stop its encoder where the component has a default."),
        ("FeatureNames.", "ends with a zero|bitstring_sizeconstraint|^30|^03", "It pads named bits to their size; trailing zero bits are not encoded, whatever the size (X.690 11.2.2)."),
        ("FeatureContaining.", "refused ", "asn1ct:value fills the strings with any octets, not with an encoding of the type that they contain (X.682 11.4)."),
        ("FeatureExtensions.", "asn1_NOVALUE", "Our maker of values leaves mandatory components of extension groups out."),
        ("FeatureObjects.", "not compatible with table constraint", "Our maker of values knows no table constraints."),
    ];

    /// <summary>Says whether an answer of either side is the fault of asn1ct, or of the maker of the value.</summary>
    public static bool Explains(string type, string answer) =>
        Answers.Any(known => type.Contains(known.Type, StringComparison.Ordinal) && Regex.IsMatch(answer, known.Answer, RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1)));

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
