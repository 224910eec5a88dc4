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
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var isSpecial = c is '"' or '+' or ',' or ';' or '<' or '>' or '\\'
                || (i == 0 && c is ' ' or '#')
                || (i == value.Length - 1 && c == ' ');
            if (c is < ' ' or '\x7F')
                text.Append('\\').Append(((int)c).ToString("X2", CultureInfo.InvariantCulture)); // keeps terminals and logs in order
            else if (isSpecial)
                text.Append('\\').Append(c);
            else
                text.Append(c);
        }
    }
}
