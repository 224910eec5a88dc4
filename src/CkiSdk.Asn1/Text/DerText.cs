using System.Globalization;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Prints encodings for people: a line for each element with its offset, length, tag, name, type and value.</summary>
public static class DerText
{
    private const int MostDepth = 32;

    /// <summary>Prints a value of any type, by its tags alone; strings that hold encodings are opened.</summary>
    /// <param name="der">One or more elements.</param>
    /// <param name="limits">What is admitted; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">The octets are not well-formed DER.</exception>
    public static string Dump(ReadOnlyMemory<byte> der, DerLimits? limits = null)
    {
        var text = new StringBuilder();
        foreach (var element in new ElementParser(der, isBer: false, "", limits).ParseSeries())
            Write(text, element, 0, 0, "");
        return text.ToString();
    }

    /// <summary>Prints a value of a type, with the names that the module gives.</summary>
    /// <param name="type">The type.</param>
    /// <param name="der">The encoding.</param>
    /// <param name="limits">What is admitted; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">The octets are not the DER of a value of the type.</exception>
    public static string Dump(TypeDescriptor type, ReadOnlyMemory<byte> der, DerLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        var text = new StringBuilder();
        Write(text, type.Parse(der, isBer: false, limits), 0, 0, "");
        return text.ToString();
    }

    /// <summary>Prints a value of any type as JSON: an array of elements, each with <c>offset</c>, <c>header</c> and <c>length</c> in octets, <c>tag</c>, and <c>elements</c> or <c>octets</c>.</summary>
    /// <remarks>A primitive element of a universal type has <c>value</c> beside its octets; a string that holds one encoding has <c>contains</c>.</remarks>
    /// <param name="der">One or more elements.</param>
    /// <param name="limits">What is admitted; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">The octets are not well-formed DER.</exception>
    public static string DumpJson(ReadOnlyMemory<byte> der, DerLimits? limits = null) => DerJson.Write(new ElementParser(der, isBer: false, "", limits).ParseSeries());

    private static void Write(StringBuilder text, Element element, int depth, int origin, string outer)
    {
        var name = outer + element.Component?.Name;
        var label = Label(element, name);
        var headers = Headers(element);
        for (var i = 0; i < headers.Count; i++)
        {
            var (tag, start, length) = headers[i];
            var last = i == headers.Count - 1 && element.HasOwnTag;
            var value = last && !element.IsConstructed ? ContentText.Of(element) : "";
            text.Append(CultureInfo.InvariantCulture, $"{origin + start,6} {length,6}  ").Append(' ', 2 * depth++).Append(tag);
            text.Append(i == 0 && label.Length > 0 ? " " + label : "").Append(value.Length > 0 ? " = " + value : "").Append('\n');
        }

        // An untagged choice or open type has no line of its own: its name stands before that of the alternative.
        var prefix = headers.Count > 0 || name.Length == 0 ? "" : element.Only.Component is null ? name : name + ".";
        foreach (var child in element.Children)
            Write(text, child, depth, origin, prefix);
        if (element.Children.Count == 0 && Encapsulated(element, depth) is { } inner)
        {
            foreach (var child in inner)
                Write(text, child, depth, origin + element.End - element.Content.Length, "");
        }
    }

    private static string Label(Element element, string name)
    {
        var type = element.Type is { } known && (known.IsNamed || known.Base is not null || known.IsList) ? known.ToString() : "";
        return name.Length == 0 ? type : type.Length > 0 ? $"{name}: {type}" : name;
    }

    private static List<(Tag Tag, int Start, int Length)> Headers(Element element)
    {
        var headers = new List<(Tag, int, int)>();
        var start = element.Start;
        for (var i = 0; i < element.Wrappers; i++)
        {
            // The header of the next one begins where the header of this one ends; both lengths reach to the same end.
            var length = ElementEncoder.InnerLength(element, i);
            headers.Add((element.Type!.Tags[i], start, length));
            start = element.End - length;
        }

        if (element.HasOwnTag)
            headers.Add((element.Tag, element.CoreStart, element.End - element.ContentStart));
        return headers;
    }

    /// <summary>Gives the encoding that a string of no known type holds; null for none.</summary>
    internal static List<Element>? Encapsulated(Element element, int depth)
    {
        if (element.Type is not null || depth > MostDepth || (element.Tag != Tag.OctetString && element.Tag != Tag.BitString))
            return null;
        var octets = element.Content;
        if (element.Tag == Tag.BitString)
            octets = octets.Length > 1 && octets.Span[0] == 0 ? octets[1..] : default;
        if (octets.Length < 2 || octets.Span[0] is not (0x30 or 0x31 or 0x04 or 0x02 or 0x03 or 0x06 or 0x0C or 0x13 or 0x16))
            return null;
        try
        {
            return new ElementParser(octets, isBer: false, "").ParseSeries() is [var only] ? [only] : null;
        }
        catch (DerException)
        {
            return null;
        }
    }
}
