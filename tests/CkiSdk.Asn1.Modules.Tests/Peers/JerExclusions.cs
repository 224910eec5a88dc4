using System.Text.RegularExpressions;

namespace CkiSdk.Asn1.Modules.Tests.Peers;

/// <summary>Lists where the JSON of asn1ct 25 differs from X.697, each with the cause.</summary>
internal static class JerExclusions
{
    private static readonly (string Type, string Fault, string Reason)[] Known =
    [
        ("FeatureAny.", "hexadecimal digits of an encoding is expected", "asn1ct:value fills an open type with a text; where the type is not known we write, and read, the digits of its DER."),
        ("FeatureObjects.", "hexadecimal digits of an encoding is expected", "asn1ct:value takes keys that no object has, and fills the open type with a text."),
        ("FeatureObjects.", "\\{decode,(\\{'ObjClassFieldType'|'ASN1_OPEN_TYPE'\\})", "It does not follow table constraints: its decoder takes nothing but texts for an open type."),
        ("FeatureContaining.", "no encoding of ", "asn1ct:value fills strings that contain a type with any octets."),
        ("FeatureContaining.", "\\{decode,octet_string\\},#\\{<<\"containing\">>", "It writes the octets of a string that contains a type, we the value under the name containing."),
        ("FeatureReal.", "\\{decode,'REAL'\\}", "Its decoder of REAL takes no number, and not the special values that X.697 has."),
        ("FeatureExtensions.", "mandatory_component_missing", "Its decoder demands the extension additions, which a value of an earlier version has not (X.680 52)."),
        ("", "decode,\\{'ENUMERATED'", "It takes no number of an item that only later versions have."),
        ("", "no real time", "asn1ct:value makes times with fractions and offsets that DER does not have (X.690 11.7, 11.8)."),
        ("", "BMPString|UniversalString", "Its encoder of these strings takes no texts, its decoder gives them."),
        ("", "refused: .*\\(", "asn1ct:value does not keep to single values, alphabets and combined constraints."),
    ];

    /// <summary>Says whether a difference is known.</summary>
    public static bool Explains(string type, string fault) =>
        Known.Any(known => type.Contains(known.Type, StringComparison.Ordinal) && Regex.IsMatch(fault, known.Fault, RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1)));
}
