using System.Globalization;
using System.Numerics;

namespace CkiSdk.Asn1;

/// <summary>Writes values in ASN.1 notation.</summary>
internal static class ValueNotation
{
    /// <summary>Returns the text of a value.</summary>
    /// <param name="element">The value.</param>
    /// <param name="typeText">Gives the text of the type of a value that stands in an open type; null where no such value is in it.</param>
    internal static string Of(Element element, Func<TypeDescriptor, string>? typeText = null)
    {
        var content = element.Content.Span;
        return element.Kind switch
        {
            null => "NULL : NULL",
            TypeKind.Any => element.Only.Type is { } known && typeText is not null ? $"{typeText(known)} : {Of(element.Only, typeText)}" : Of(element.Only, typeText),
            TypeKind.Choice => $"{element.Only.Component?.Name} : {Of(element.Only, typeText)}",
            TypeKind.SequenceOf or TypeKind.SetOf => Braces(element.Children.Select(child => Of(child, typeText))),
            _ when element.IsConstructed => Braces(element.Children.Where(child => child.Component is not null).Select(child => $"{child.Component!.Name} {Of(child, typeText)}")),
            TypeKind.Boolean => content[0] == 0 ? "FALSE" : "TRUE",
            TypeKind.Integer => new BigInteger(content, isBigEndian: true).ToString(CultureInfo.InvariantCulture),
            TypeKind.Enumerated => Item(element),
            TypeKind.Null => "NULL",
            TypeKind.BitString => Bits(element),
            TypeKind.OctetString => $"'{Convert.ToHexString(content)}'H",
            TypeKind.ObjectIdentifier => $"{{ {ObjectIdentifier.Wrap(element.Content).ToString().Replace('.', ' ')} }}",
            TypeKind.RelativeOid => $"{{ {RelativeOid.Wrap(element.Content).ToString().Replace('.', ' ')} }}",
            TypeKind.Real => content is [RealContent.Decimal, ..] or [>= RealContent.Binary, ..] ? Parts(content) : Real(RealContent.ToDouble(content)),
            { } kind => Quoted(CharacterStrings.Text(kind, content)),
        };
    }

    // Numbers of base 2 and of base 10 are distinct (X.680 21.2), so the notation tells them apart.
    private static string Parts(ReadOnlySpan<byte> content)
    {
        var (mantissa, exponent) = RealContent.Parts(content);
        var radix = content[0] == RealContent.Decimal ? 10 : 2;
        return string.Create(CultureInfo.InvariantCulture, $"{{ mantissa {mantissa}, base {radix}, exponent {exponent} }}");
    }

    /// <summary>Returns the text of a character string.</summary>
    internal static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Returns the text of a real number: in base 2, which says it exactly.</summary>
    internal static string Real(double number)
    {
        if (number == 0 || !double.IsFinite(number))
            return number == 0 ? "0" : double.IsNaN(number) ? "NOT-A-NUMBER" : number > 0 ? "PLUS-INFINITY" : "MINUS-INFINITY";
        var exponent = 0;
        while (number != Math.Truncate(number))
        {
            number *= 2;
            exponent--;
        }

        return exponent == 0 && Math.Abs(number) < 1e15
            ? number.ToString("F0", CultureInfo.InvariantCulture)
            : $"{{ mantissa {new BigInteger(number).ToString(CultureInfo.InvariantCulture)}, base 2, exponent {exponent.ToString(CultureInfo.InvariantCulture)} }}";
    }

    private static string Braces(IEnumerable<string> parts)
    {
        var inner = string.Join(", ", parts);
        return inner.Length > 0 ? $"{{ {inner} }}" : "{ }";
    }

    private static string Item(Element element)
    {
        var number = Integer.Narrow(element.Content.Span);
        return element.Type!.Names.FirstOrDefault(item => item.Value == number).Name ?? number.ToString(CultureInfo.InvariantCulture);
    }

    private static string Bits(Element element)
    {
        var bits = new BitString(element.Content[1..], element.Content.Span[0]);
        if (element.Type!.Names.Count > 0)
        {
            var names = Enumerable.Range(0, bits.Length).Where(bit => bits[bit]).Select(bit => element.Type.Names.FirstOrDefault(name => name.Value == bit).Name ?? "").ToList();
            if (!names.Contains(""))
                return Braces(names);
        }

        return bits.UnusedBits == 0 ? $"'{Convert.ToHexString(bits.Octets.Span)}'H" : $"'{string.Concat(Enumerable.Range(0, bits.Length).Select(bit => bits[bit] ? '1' : '0'))}'B";
    }
}
