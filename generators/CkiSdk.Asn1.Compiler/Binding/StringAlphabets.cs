using System.Globalization;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Knows the character string types and the characters that each one holds (X.680 41, 34, 35, 48).</summary>
internal static class StringAlphabets
{
    private const string Printable = " '()+,-./:=?";

    private static readonly string[] Controls =
    [
        "nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", "bs", "ht", "lf", "vt", "ff", "cr", "so", "si",
        "dle", "dc1", "dc2", "dc3", "dc4", "nak", "syn", "etb", "can", "em", "sub", "esc", "is4", "is3", "is2", "is1",
    ];

    private static readonly Dictionary<string, Func<char, bool>> Alphabets = new(StringComparer.Ordinal)
    {
        ["NumericString"] = c => c is ' ' or (>= '0' and <= '9'),
        ["PrintableString"] = c => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') || Printable.IndexOf(c) >= 0,
        ["IA5String"] = c => c <= 0x7F,
        ["VisibleString"] = c => c is >= ' ' and <= '~',
        ["ISO646String"] = c => c is >= ' ' and <= '~',
        ["GraphicString"] = IsGraphic,
        ["ObjectDescriptor"] = IsGraphic,
        ["GeneralString"] = c => c <= 0xFF,
        ["TeletexString"] = c => c <= 0xFF,
        ["T61String"] = c => c <= 0xFF,
        ["VideotexString"] = c => c <= 0xFF,
        ["BMPString"] = c => !char.IsSurrogate(c),
        ["UTF8String"] = _ => true,
        ["UniversalString"] = _ => true,
        ["OID-IRI"] = _ => true,
        ["RELATIVE-OID-IRI"] = _ => true,
    };

    /// <summary>Says whether a builtin type is a character string or an identifier written as one.</summary>
    public static bool Knows(string type) => Alphabets.ContainsKey(type);

    /// <summary>Returns the control character of ISO 646 that everybody names so (X.680 43.1); null for another name.</summary>
    public static string? ControlCharacter(string name) =>
        name == "del" ? "\u007F" : Array.IndexOf(Controls, name) is >= 0 and var code ? ((char)code).ToString() : null;

    /// <summary>Says what of a text a type cannot hold; null where it holds all.</summary>
    public static string? FirstOutside(string type, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (!Alphabets[type](text[i]) || (char.IsSurrogate(text[i]) && !isPair))
            {
                return $"the character U+{((int)text[i]).ToString("X4", CultureInfo.InvariantCulture)}";
            }

            i += isPair ? 1 : 0;
        }

        return type is "OID-IRI" or "RELATIVE-OID-IRI" && !IriLabels.IsValid(text, type == "OID-IRI")
            ? type == "OID-IRI" ? "no labels with a slash before each" : "no labels with slashes between"
            : null;
    }

    // As the run-time: all G sets and SPACE, no control function but those that choose a set.
    private static bool IsGraphic(char c) => c is (>= ' ' and <= '\u00FF' and not '\u007F') or '\u000E' or '\u000F' or '\u001B';
}
