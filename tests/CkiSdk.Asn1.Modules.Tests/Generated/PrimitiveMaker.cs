using System.Numerics;
using System.Text;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Modules.Tests.Generated;

/// <summary>Makes random values of the types of the runtime.</summary>
/// <param name="random">Where the choices come from.</param>
internal sealed class PrimitiveMaker(Random random)
{
    private const string Printable = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?";

    /// <summary>Makes a value that the runtime reads with the method of this name.</summary>
    public object Make(string method, Type type, ConstraintModel? constraint) => method switch
    {
        "Boolean" => random.Next(2) == 0,
        "Int32" => (int)Number(constraint),
        "Int64" => (long)Number(constraint),
        "Integer" => (Integer)Number(constraint),
        "BitString" => Bits(constraint),
        "NamedBitString" => Bits(null).TrimTrailingZeros(),
        "OctetString" => new OctetString(Octets(Length(constraint))),
        "Null" => default(Null),
        "ObjectIdentifier" => Oid(),
        "RelativeOid" => RelativeOid.Parse(string.Join('.', Arcs())),
        "Real" => (Real)(random.Next(3) == 0 ? random.Next(-5, 5) : BitConverter.Int64BitsToDouble(random.NextInt64() & 0x7FEF_FFFF_FFFF_FFFF)),
        "UtcTime" => UtcTime.From(Moment(1950, 2050)),
        "GeneralizedTime" => GeneralizedTime.From(Moment(1, 10_000), random.Next(8)),
        "External" => new External { DirectReference = Oid(), Encoding = Tagged(1) },
        _ => Activator.CreateInstance(type, Text(method, constraint))!,
    };

    /// <summary>Makes an element of any type.</summary>
    public AnyValue Any() => new(Element(3));

    /// <summary>Makes a primitive element with a context tag.</summary>
    public AnyValue Tagged(int number) => new(Der.Encode(Octets(random.Next(6)), (ref DerWriter writer, byte[] content) =>
    {
        writer.WriteRaw(content);
        writer.End(Tag.Context(number, constructed: false), 0);
    }));

    private byte[] Octets(int length)
    {
        var octets = new byte[length];
        random.NextBytes(octets);
        return octets;
    }

    private int Length(ConstraintModel? constraint)
    {
        var (least, most) = Sizes(constraint, 20);
        return random.Next(least, most + 1);
    }

    /// <summary>Returns the sizes that a constraint permits, at most so many of them.</summary>
    public static (int Least, int Most) Sizes(ConstraintModel? constraint, int count)
    {
        var bounds = constraint?.Sizes ?? default;
        var least = (int)(bounds.Minimum ?? 0);
        return (least, (int)BigInteger.Min(bounds.Maximum ?? int.MaxValue, least + count));
    }

    private BigInteger Number(ConstraintModel? constraint)
    {
        var bounds = constraint?.Numbers ?? default;
        if (bounds is { Minimum: { } least, Maximum: { } most })
        {
            return random.Next(4) switch { 0 => least, 1 => most, _ => least + (BigInteger.Abs(new BigInteger(Octets(17))) % (most - least + 1)) };
        }

        var number = random.Next(3) == 0 ? random.Next(-300, 300) : new BigInteger(Octets(random.Next(1, 40)));
        return bounds.Minimum is { } low && number < low ? low + BigInteger.Abs(number) : number;
    }

    private BitString Bits(ConstraintModel? constraint)
    {
        var length = Length(constraint);
        var octets = Octets((length + 7) / 8);
        var unused = (8 * octets.Length) - length;
        if (unused > 0)
        {
            octets[^1] &= (byte)(0xFF << unused);
        }

        return new BitString(octets, unused);
    }

    private ObjectIdentifier Oid() => ObjectIdentifier.Parse(random.Next(3) switch
    {
        0 => $"2.{BigInteger.Abs(new BigInteger(Octets(random.Next(1, 17))))}",
        1 => $"1.{random.Next(40)}.{string.Join('.', Arcs())}",
        _ => "2.5.4." + random.Next(1, 200),
    });

    private IEnumerable<BigInteger> Arcs() =>
        [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => BigInteger.Abs(new BigInteger(Octets(random.Next(1, 5)))))];

    private DateTimeOffset Moment(int firstYear, int lastYear)
    {
        var first = new DateTime(firstYear, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var last = lastYear == 10_000 ? DateTime.MaxValue : new DateTime(lastYear, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return new DateTimeOffset(new DateTime(random.NextInt64(first.Ticks, last.Ticks), DateTimeKind.Utc));
    }

    private string Text(string method, ConstraintModel? constraint)
    {
        if (Nodes(constraint).OfType<SingleValueNode>().Select(single => single.Value).OfType<TextNode>().FirstOrDefault() is { } only)
        {
            return only.Text;
        }

        if (Nodes(constraint).OfType<AlphabetNode>().FirstOrDefault() is { Characters: var characters })
        {
            return string.Concat(Enumerable.Range(0, Length(constraint)).Select(_ => characters[random.Next(characters.Count)])
                .Select(range => new Rune(random.Next(range.First, range.Last + 1)).ToString()));
        }

        return string.Concat(Enumerable.Range(0, Length(constraint)).Select(_ => method switch
        {
            "NumericString" => "0123456789 "[random.Next(11)].ToString(),
            "PrintableString" => Printable[random.Next(Printable.Length)].ToString(),
            "Utf8String" or "UniversalString" => Character().ToString(),
            "BmpString" => ((char)random.Next(0xD800)).ToString(),
            _ => ((char)random.Next(0x20, 0x7F)).ToString(),
        }));
    }

    private static EquatableArray<ConstraintNode> Nodes(ConstraintModel? constraint) =>
        constraint is null ? default : constraint.Node is IntersectionNode intersection ? intersection.Operands : new([constraint.Node]);

    private Rune Character() => new(random.Next(3) switch { 0 => random.Next(0xD800), 1 => random.Next(0xE000, 0x110000), _ => random.Next(0x20, 0x7F) });

    private byte[] Element(int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => [0x05, 0x00],
        1 => Der.Encode((Integer)Number(null), (ref DerWriter writer, Integer value) => writer.WriteInteger(Tag.Integer, value)),
        2 => Der.Encode(Oid(), (ref DerWriter writer, ObjectIdentifier value) => writer.WriteObjectIdentifier(Tag.ObjectIdentifier, value)),
        3 => Der.Encode(new Utf8String(Text("Utf8String", null)), (ref DerWriter writer, Utf8String value) => writer.WriteUtf8String(Tag.Utf8String, value)),
        4 => Tagged(random.Next(40)).Encoded.ToArray(),
        5 => Constructed(Tag.Sequence, depth),
        _ => Constructed(Tag.Context(random.Next(40), constructed: true), depth),
    };

    private byte[] Constructed(Tag tag, int depth)
    {
        byte[] content = [.. Enumerable.Range(0, random.Next(4)).SelectMany(_ => Element(depth - 1))];
        return Der.Encode(content, (ref DerWriter writer, byte[] inner) =>
        {
            writer.WriteRaw(inner);
            writer.End(tag, 0);
        });
    }
}
