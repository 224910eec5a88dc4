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

        return type switch
        {
            "OID-IRI" => text.Length > 1 && text[0] == '/' ? Label(text.Substring(1)) : "a text that does not begin with '/' and a label",
            "RELATIVE-OID-IRI" => Label(text),
            _ => null,
        };
    }

    /// <summary>Says what is wrong with labels between slashes: integers without leading zeros, or unreserved characters of RFC 3987 (X.660 7.5).</summary>
    private static string? Label(string labels)
    {
        foreach (var label in labels.Split('/'))
        {
            var isNumber = label.Length > 0 && label.All(c => c is >= '0' and <= '9');
            var isWord = label.Length > 0 && label[0] != '-' && label[label.Length - 1] != '-'
                && label.All(c => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.' or '_' or '~' or >= '\u00A0');
            if (isNumber ? label.Length > 1 && label[0] == '0' : !isWord)
            {
                return $"the label '{label}'";
            }
        }

        return null;
    }

    // As the run-time: all G sets and SPACE, no control function but those that choose a set.
    private static bool IsGraphic(char c) => c is (>= ' ' and <= '\u00FF' and not '\u007F') or '\u000E' or '\u000F' or '\u001B';
}
