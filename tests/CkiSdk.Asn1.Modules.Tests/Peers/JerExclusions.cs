using System.Text.RegularExpressions;

namespace CkiSdk.Asn1.Modules.Tests.Peers;

/// <summary>Lists where the JSON of asn1ct 25 differs from X.697, each with the cause.</summary>
internal static class JerExclusions
{
    private static readonly (string Type, string Fault, string Reason)[] Known =
    [
        ("FeatureAny.", "", "An open type is a text of any octets to it; we write the digits of its DER where the type is not known."),
        ("FeatureObjects.", "", "It does not follow table constraints: an open type is a text of any octets to it, and asn1ct:value takes keys that no object has."),
        ("FeatureContaining.", "", "It writes the octets of a string that contains a type, we the value under the name containing, and asn1ct:value fills such strings with any octets."),
        ("FeatureReal.", "", "It takes and gives floating-point numbers only, neither numbers of base 10 nor the special values that X.697 has."),
        ("FeatureExtensions.", "mandatory_component_missing", "Its decoder demands the extension additions, which a value of an earlier version has not (X.680 52)."),
        ("", "decode,\\{'ENUMERATED'", "It takes no number of an item that only later versions have."),
        ("", "no real time", "asn1ct:value makes times with fractions and offsets that DER does not have (X.690 11.7, 11.8)."),
        ("", "BMPString|UniversalString", "Its encoder of these strings takes no texts, its decoder gives them."),
        ("", "refused: .*\\(", "asn1ct:value does not keep to single values, alphabets and combined constraints."),
    ];

    /// <summary>Says whether a difference is known.</summary>
    public static bool Explains(string type, string fault) =>
        Known.Any(known => type.Contains(known.Type, StringComparison.Ordinal) && Regex.IsMatch(fault, known.Fault, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
}
