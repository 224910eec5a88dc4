using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace CkiSdk.Asn1;

/// <content>Values without parts.</content>
internal sealed partial class JerReader
{
    private void Primitive(Element element, JsonElement json, TypeDescriptor type)
    {
        if (json.ValueKind == JsonValueKind.Object && type.Contained is { } contained && (contained.OpenType is null ? contained : Resolve(contained)) is { } known)
        {
            Contained(element, json, known);
            return;
        }

        element.Content = BerContent.ToDer(type, Content(json, type));
        if (DerContent.Fault(type, element.Content.Span) is var (_, detail))
            throw Refuse(detail);
        if (type.Contained is { } content && (content.OpenType is null ? content : Resolve(content)) is { } inner)
            CheckContained(element, inner);
    }

    private void Contained(Element element, JsonElement json, TypeDescriptor contained)
    {
        var members = json.EnumerateObject().Take(2).ToList();
        if (members.Count != 1 || members[0].Name != "containing")
            throw Refuse("an object with the one member containing is expected");
        Push("containing");
        var value = Read(members[0].Value, contained);
        Pop();
        element.Add(value);
        var der = ElementEncoder.Encode(value);
        element.Content = element.Kind == TypeKind.BitString ? (byte[])[0, .. der] : der;
    }

    private void CheckContained(Element element, TypeDescriptor contained)
    {
        try
        {
            _ = new ElementParser(element.Kind == TypeKind.BitString ? element.Content[1..] : element.Content, isBer: false, "", null, _selectors).ParseWhole(contained);
        }
        catch (DerException e)
        {
            throw Refuse($"no encoding of {contained}: {e.Message}");
        }
    }

    private byte[] Content(JsonElement json, TypeDescriptor type)
    {
        switch (type.Kind)
        {
            case TypeKind.Boolean:
                return json.ValueKind is JsonValueKind.True or JsonValueKind.False ? [json.ValueKind == JsonValueKind.True ? (byte)0xFF : (byte)0]
                    : throw Refuse($"true or false is expected, not {Describe(json)}");
            case TypeKind.Integer:
                return Number(json).ToByteArray(isBigEndian: true);
            case TypeKind.Enumerated:
                return new BigInteger(Item(json, type)).ToByteArray(isBigEndian: true);
            case TypeKind.Null:
                Require(json, JsonValueKind.Null, "null");
                return [];
            case TypeKind.Real:
                return Real(json);
            case TypeKind.BitString:
                return Bits(json, type);
            case TypeKind.OctetString:
                return Hex(json, "hexadecimal digits");
            case TypeKind.ObjectIdentifier:
                Require(json, JsonValueKind.String, "an object identifier");
                return ObjectIdentifier.TryParse(Dotted(json), out var oid) ? oid.Encoded.ToArray() : throw Refuse("an object identifier in dotted form is expected");
            case TypeKind.RelativeOid:
                Require(json, JsonValueKind.String, "a relative object identifier");
                return RelativeOid.TryParse(Dotted(json), out var relative) ? relative.Encoded.ToArray() : throw Refuse("a relative object identifier in dotted form is expected");
            default:
                Require(json, JsonValueKind.String, "a string");
                return CharacterStrings.Octets(type.Kind, Text(json)) ?? throw Refuse($"a character that {type} does not have");
        }
    }

    // What has more digits has more octets than an identifier may have, and takes long to read.
    private string Dotted(JsonElement json) => Text(json) is { Length: <= Jer.MostDigits } text ? text : throw Refuse("an object identifier of fewer digits is expected");

    private BigInteger Number(JsonElement json)
    {
        Require(json, JsonValueKind.Number, "a number");
        var digits = json.GetRawText();
        if (digits.Length > Jer.MostDigits)
            throw Refuse($"a number of at most {Jer.MostDigits} digits is expected");
        return BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : throw Refuse("a whole number is expected, without fraction and exponent");
    }

    private long Item(JsonElement json, TypeDescriptor type)
    {
        if (json.ValueKind == JsonValueKind.Number && type.IsExtensible && json.TryGetInt32(out var number))
            return number;
        Require(json, JsonValueKind.String, $"an item of {type}");
        var name = Text(json);
        foreach (var item in type.Names)
        {
            if (item.Name == name)
                return (long)item.Value;
        }

        throw Refuse($"{type} has no item {name}");
    }

    private byte[] Real(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("base10Value", out var inner) && inner.ValueKind == JsonValueKind.Number)
            return RealForms.OfText(inner.GetRawText()) ?? throw Refuse("a number of fewer digits is expected");
        if (json.ValueKind == JsonValueKind.Object && Part(json, "mantissa") is { } mantissa && Part(json, "exponent") is { } exponent)
            return RealContent.OfBinary(mantissa, exponent);
        if (json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var number) && double.IsFinite(number))
            return RealForms.Written(number);
        return RealForms.Written(json.ValueKind == JsonValueKind.String ? Text(json) switch
        {
            "-0" => double.NegativeZero,
            "INF" => double.PositiveInfinity,
            "-INF" => double.NegativeInfinity,
            "NaN" => double.NaN,
            _ => throw Refuse("a number, \"-0\", \"INF\", \"-INF\" or \"NaN\" is expected"),
        } : throw Refuse($"a number that a double holds is expected, not {Describe(json)}"));
    }

    private static BigInteger? Part(JsonElement json, string name) =>
        json.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.String && part.GetString() is { Length: < 500 } digits
        && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private byte[] Bits(JsonElement json, TypeDescriptor type)
    {
        var length = type.FixedSize;
        if (length is null || json.ValueKind == JsonValueKind.Object)
        {
            Require(json, JsonValueKind.Object, "an object with value and length");
            if (!json.TryGetProperty("value", out var value) || !json.TryGetProperty("length", out var size) || json.EnumerateObject().Count() != 2)
                throw Refuse("an object with the members value and length is expected");
            length = size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out var bits) ? bits : throw Refuse("length is a number of bits");
            json = value;
        }

        var octets = Hex(json, "hexadecimal digits");
        if (length < 0 || octets.Length != (length + 7) / 8)
            throw Refuse($"{length} bits are {(length + 7) / 8} octets, not {octets.Length}");
        return [(byte)((8 - (length % 8)) % 8), .. octets];
    }
}
