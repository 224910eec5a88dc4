using System.Globalization;
using System.Numerics;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Writes the values of primitive elements for people.</summary>
internal static class ContentText
{
    private const int MostOctets = 64;
    private const int MostCharacters = 400;

    /// <summary>Returns the text of a content.</summary>
    internal static string Of(Element element)
    {
        var kind = element.Kind ?? Universal(element.Tag);
        var content = element.Content.Span;
        if (kind is not { } known || DerContent.Fault(element.Type ?? TypeDescriptor.Of(known, element.Tag), content) is not null)
            return Hex(content);
        var text = known switch
        {
            TypeKind.Boolean => content[0] == 0 ? "FALSE" : "TRUE",
            TypeKind.Integer or TypeKind.Enumerated => Number(element.Type, content),
            TypeKind.BitString => Bits(element.Type, element.Content),
            TypeKind.OctetString => Hex(content),
            TypeKind.Null => "",
            TypeKind.ObjectIdentifier => ObjectIdentifier.Wrap(element.Content).ToString(),
            TypeKind.RelativeOid => RelativeOid.Wrap(element.Content).ToString(),
            TypeKind.Real => Real.Wrap(element.Content).ToString(),
            _ => Quoted(CharacterStrings.Text(known, content)),
        };
        return text;
    }

    /// <summary>Gives the primitive type that a universal tag stands for; null for none.</summary>
    internal static TypeKind? Universal(Tag tag) => tag.Class != TagClass.Universal ? null : tag.Number switch
    {
        1 => TypeKind.Boolean,
        2 => TypeKind.Integer,
        3 => TypeKind.BitString,
        4 => TypeKind.OctetString,
        5 => TypeKind.Null,
        6 => TypeKind.ObjectIdentifier,
        7 => TypeKind.ObjectDescriptor,
        9 => TypeKind.Real,
        10 => TypeKind.Integer,
        12 => TypeKind.Utf8String,
        13 => TypeKind.RelativeOid,
        14 => TypeKind.Time,
        >= 18 and <= 22 => TypeKind.NumericString + (tag.Number - 18),
        >= 23 and <= 28 => Late(tag.Number),
        30 => TypeKind.BmpString,
        31 => TypeKind.Date,
        32 => TypeKind.TimeOfDay,
        33 => TypeKind.DateTime,
        34 => TypeKind.Duration,
        35 => TypeKind.OidIri,
        36 => TypeKind.RelativeOidIri,
        _ => null,
    };

    private static TypeKind Late(int number) => number switch
    {
        23 => TypeKind.UtcTime,
        24 => TypeKind.GeneralizedTime,
        25 => TypeKind.GraphicString,
        26 => TypeKind.VisibleString,
        27 => TypeKind.GeneralString,
        _ => TypeKind.UniversalString,
    };

    private static string Number(TypeDescriptor? type, ReadOnlySpan<byte> content)
    {
        if (content.Length > MostOctets)
            return Hex(content);
        var number = new BigInteger(content, isBigEndian: true);
        var name = type?.Names.FirstOrDefault(named => named.Value == number).Name;
        return name is null ? number.ToString(CultureInfo.InvariantCulture) : $"{name} ({number.ToString(CultureInfo.InvariantCulture)})";
    }

    private static string Bits(TypeDescriptor? type, ReadOnlyMemory<byte> content)
    {
        var bits = new BitString(content[1..], content.Span[0]);
        if (type is null || type.Names.Count == 0)
            return bits.Length <= 32 && bits.Length % 8 != 0 ? $"'{Digits(bits)}'B" : Hex(content.Span[1..]);
        var named = Enumerable.Range(0, bits.Length).Where(bit => bits[bit])
            .Select(bit => type.Names.FirstOrDefault(name => name.Value == bit).Name ?? bit.ToString(CultureInfo.InvariantCulture));
        return $"{{{string.Join(", ", named)}}}";
    }

    private static string Digits(BitString bits) => string.Concat(Enumerable.Range(0, bits.Length).Select(bit => bits[bit] ? '1' : '0'));

    private static string Hex(ReadOnlySpan<byte> octets) => octets.Length <= MostOctets
        ? $"'{Convert.ToHexString(octets)}'H"
        : string.Create(CultureInfo.InvariantCulture, $"'{Convert.ToHexString(octets[..MostOctets])}...'H ({octets.Length} octets)");

    // Control characters and marks of direction could make a terminal show something else.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes().Take(MostCharacters))
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            else
                quoted.Append(rune.Value == '"' ? "\"\"" : rune.ToString());
        }

        return quoted.Append(text.Length > MostCharacters ? "\"..." : "\"").ToString();
    }
}
