using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace CkiSdk.Asn1;

/// <summary>Writes values as JSON (X.697).</summary>
internal static class JerWriter
{
    /// <summary>Writes one value.</summary>
    internal static void Write(Utf8JsonWriter writer, Element element)
    {
        switch (element.Kind)
        {
            case null:
                writer.WriteStringValue(Convert.ToHexString(ElementEncoder.Encode(element)));
                break;
            case TypeKind.Any:
                Write(writer, element.Only);
                break;
            case TypeKind.Choice:
                writer.WriteStartObject();
                writer.WritePropertyName(element.Only.Component?.Name ?? Jer.Unknown);
                Write(writer, element.Only);
                writer.WriteEndObject();
                break;
            case TypeKind.SequenceOf or TypeKind.SetOf:
                writer.WriteStartArray();
                foreach (var child in element.Children)
                    Write(writer, child);
                writer.WriteEndArray();
                break;
            case var _ when element.IsConstructed:
                Structure(writer, element);
                break;
            default:
                Primitive(writer, element, element.Type!);
                break;
        }
    }

    private static void Structure(Utf8JsonWriter writer, Element element)
    {
        writer.WriteStartObject();
        foreach (var child in element.Children.Where(child => child.Component is not null))
        {
            writer.WritePropertyName(child.Component!.Name);
            Write(writer, child);
        }

        if (element.Children.Any(child => child.Component is null))
        {
            writer.WriteStartArray(Jer.Unknown);
            foreach (var child in element.Children.Where(child => child.Component is null))
                Write(writer, child);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Primitive(Utf8JsonWriter writer, Element element, TypeDescriptor type)
    {
        var content = element.Content.Span;
        switch (type.Kind)
        {
            case TypeKind.Boolean:
                writer.WriteBooleanValue(content[0] != 0);
                break;
            case TypeKind.Integer:
                RequireFew(element, content.Length);
                Number(writer, content);
                break;
            case TypeKind.Enumerated:
                Item(writer, type, content);
                break;
            case TypeKind.Null:
                writer.WriteNullValue();
                break;
            case TypeKind.Real:
                RequireFew(element, content.Length);
                Real(writer, content);
                break;
            case TypeKind.BitString or TypeKind.OctetString when element.Children.Count > 0:
                writer.WriteStartObject();
                writer.WritePropertyName("containing");
                Write(writer, element.Only);
                writer.WriteEndObject();
                break;
            case TypeKind.BitString:
                Bits(writer, type, content);
                break;
            case TypeKind.OctetString:
                writer.WriteStringValue(Convert.ToHexString(content));
                break;
            case TypeKind.ObjectIdentifier:
                writer.WriteStringValue(ObjectIdentifier.Wrap(element.Content).ToString());
                break;
            case TypeKind.RelativeOid:
                writer.WriteStringValue(RelativeOid.Wrap(element.Content).ToString());
                break;
            default:
                writer.WriteStringValue(CharacterStrings.Text(type.Kind, content));
                break;
        }
    }

    private static void RequireFew(Element element, int octets)
    {
        if (octets > Jer.MostNumberOctets)
            throw new DerException(DerErrorKind.TooLarge, element.Start, "", $"number of {octets} octets, of which JSON gets at most {Jer.MostNumberOctets}");
    }

    private static void Number(Utf8JsonWriter writer, ReadOnlySpan<byte> content) => writer.WriteRawValue(
        new BigInteger(content, isBigEndian: true).ToString(CultureInfo.InvariantCulture), skipInputValidation: true);

    private static void Item(Utf8JsonWriter writer, TypeDescriptor type, ReadOnlySpan<byte> content)
    {
        var number = Integer.Narrow(content);
        if (type.Names.FirstOrDefault(item => item.Value == number).Name is { } name)
            writer.WriteStringValue(name);
        else
            writer.WriteNumberValue(number);
    }

    // X.697 25: a number is of base 2, one of base 10 stands in an object; what no double holds is written with its own digits.
    private static void Real(Utf8JsonWriter writer, ReadOnlySpan<byte> content)
    {
        var value = RealContent.ToDouble(content);
        if (content is [RealContent.Decimal, ..])
        {
            var (mantissa, exponent) = RealContent.Parts(content);
            writer.WriteStartObject();
            writer.WritePropertyName("base10Value");
            writer.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"{mantissa}E{exponent}"), skipInputValidation: true);
            writer.WriteEndObject();
        }
        else if (content is [>= RealContent.Binary, ..] && !content.SequenceEqual(RealForms.Written(value)))
        {
            var (mantissa, exponent) = RealContent.Parts(content);
            writer.WriteStartObject();
            writer.WriteString("mantissa", mantissa.ToString(CultureInfo.InvariantCulture));
            writer.WriteString("exponent", exponent.ToString(CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }
        else if (double.IsFinite(value) && !(value == 0 && double.IsNegative(value)))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteStringValue(value == 0 ? "-0" : double.IsNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF");
        }
    }

    // Of a type with one size the digits alone; named bits get back the zeros that DER cuts off.
    private static void Bits(Utf8JsonWriter writer, TypeDescriptor type, ReadOnlySpan<byte> content)
    {
        var digits = Convert.ToHexString(content[1..]);
        if (type.FixedSize is { } size)
        {
            writer.WriteStringValue(digits.PadRight(2 * ((size + 7) / 8), '0'));
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("value", digits);
        writer.WriteNumber("length", (8 * (content.Length - 1)) - content[0]);
        writer.WriteEndObject();
    }
}
