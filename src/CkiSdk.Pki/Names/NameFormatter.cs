using System.Globalization;
using System.Text;
using CkiSdk.Asn1.Modules.InformationFramework;

namespace CkiSdk.Pki.Names;

/// <summary>Writes names as RFC 4514 §2 says.</summary>
internal static class NameFormatter
{
    /// <summary>Writes a name, the last relative name first.</summary>
    public static string Format(RDNSequence sequence)
    {
        var text = new StringBuilder();
        for (var i = sequence.Count - 1; i >= 0; i--)
        {
            if (i < sequence.Count - 1)
                text.Append(',');
            AppendRelative(text, sequence[i]);
        }

        return text.ToString();
    }

    private static void AppendRelative(StringBuilder text, RelativeDistinguishedName relative)
    {
        var isFirst = true;
        foreach (var attribute in relative)
        {
            if (!isFirst)
                text.Append('+');
            isFirst = false;
            AppendAttribute(text, attribute);
        }
    }

    // RFC 4514 2.4: a type without keyword, or a value that is no text, is written as the hexadecimal digits of its DER.
    private static void AppendAttribute(StringBuilder text, AttributeTypeAndValue attribute)
    {
        var keyword = AttributeKeywords.Find(attribute.Type);
        text.Append(keyword ?? attribute.Type.ToString()).Append('=');
        if (keyword is not null && AttributeText.Read(attribute.Value) is { Length: > 0 } value)
            AppendEscaped(text, value);
        else
            text.Append('#').Append(Convert.ToHexStringLower(attribute.Value.Encoded.Span));
    }

    private static void AppendEscaped(StringBuilder text, string value)
    {
        var position = 0;
        foreach (var rune in value.EnumerateRunes())
        {
            var isSpecial = rune.Value is '"' or '+' or ',' or ';' or '<' or '>' or '\\'
                || (position == 0 && rune.Value is ' ' or '#')
                || (position == value.Length - 1 && rune.Value == ' ');
            if (IsUnseen(rune))
                AppendOctets(text, rune);
            else if (isSpecial)
                text.Append('\\').Append(rune.ToString());
            else
                text.Append(rune.ToString());
            position += rune.Utf16SequenceLength;
        }
    }

    // Keeps terminals and logs in order: controls of both sets (9B alone begins an escape sequence), ends of lines, and what turns the
    // direction of text around or cannot be seen at all.
    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static void AppendOctets(StringBuilder text, Rune rune)
    {
        Span<byte> octets = stackalloc byte[4];
        foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
            text.Append('\\').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
    }
}
