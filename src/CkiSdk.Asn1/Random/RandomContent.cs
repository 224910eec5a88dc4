using System.Globalization;
using System.Numerics;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Makes the content of values without parts by chance.</summary>
internal sealed class RandomContent(System.Random random, int size)
{
    private const int Additional = 100;

    private readonly RandomText _text = new(random);

    /// <summary>Makes the content of a type.</summary>
    internal ReadOnlyMemory<byte> Make(TypeDescriptor type, ConstraintLeaves leaves)
    {
        if (leaves.Single is Constraint.Value value)
            return value.Content;
        if (leaves.Single is Constraint.Text text && CharacterStrings.Octets(type.Kind, text.Characters) is { } characters)
            return characters;
        if (leaves.HasParts && RandomParts.Make(type.Kind, leaves, random) is { } parts)
            return parts;
        if (leaves.Times.Any() && RandomTimes.Make(type.Kind, leaves.Times, random) is { } time)
            return time;
        return type.Kind switch
        {
            TypeKind.Boolean => new byte[] { random.Next(2) == 0 ? (byte)0 : (byte)0xFF },
            TypeKind.Integer => Number(leaves.Numbers, type).ToByteArray(isBigEndian: true),
            TypeKind.Enumerated => Item(type),
            TypeKind.BitString => Bits(type, Length(leaves.Sizes)),
            TypeKind.OctetString => Octets(Length(leaves.Sizes)),
            TypeKind.Null => default,
            TypeKind.ObjectIdentifier => Oid().Encoded,
            TypeKind.RelativeOid => RelativeOid.Parse(Arcs()).Encoded,
            TypeKind.Real => RealForms.Written(Real()),
            TypeKind.UtcTime => UtcTime.From(Moment(1950, 2049)).Octets,
            TypeKind.GeneralizedTime => GeneralizedTime.From(Moment(1, 9999), random.Next(8)).Octets,
            TypeKind.OidIri => new OidIri($"/ISO/{random.Next(1000)}").Octets,
            TypeKind.RelativeOidIri => new RelativeOidIri($"a-{random.Next(1000)}/{random.Next(1000)}").Octets,
            TypeKind.Time => IsoTime.Parse(Moment(1, 9999).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)).Octets,
            TypeKind.Date => ((IsoDate)DateOnly.FromDateTime(Moment(1582, 9999).DateTime)).Octets,
            TypeKind.TimeOfDay => ((IsoTimeOfDay)TimeOnly.FromDateTime(Moment(1, 9999).DateTime)).Octets,
            TypeKind.DateTime => ((IsoDateTime)Moment(1582, 9999).DateTime).Octets,
            TypeKind.Duration => IsoDuration.Parse($"P{random.Next(100)}DT{random.Next(24)}H{random.Next(60)}.{random.Next(1, 10)}M").Octets,
            _ => _text.Make(type.Kind, leaves, Length(leaves.Sizes)),
        };
    }

    /// <summary>Makes an element of any type.</summary>
    internal Element Untyped(int depth)
    {
        var element = new Element(null);
        (element.Tag, element.Content) = random.Next(depth > 0 ? 7 : 5) switch
        {
            0 => (Tag.Null, default),
            1 => (Tag.Integer, new BigInteger(random.Next(-500, 500)).ToByteArray(isBigEndian: true)),
            2 => (Tag.ObjectIdentifier, Oid().Encoded),
            3 => (Tag.OctetString, Octets(random.Next(5))),
            4 => (Tag.Context(random.Next(40), constructed: false), Octets(random.Next(5))),
            5 => (Tag.Sequence, default(ReadOnlyMemory<byte>)),
            _ => (Tag.Context(random.Next(40), constructed: true), default),
        };
        for (var i = element.Tag.IsConstructed ? random.Next(4) : 0; i > 0; i--)
            element.Add(Untyped(depth - 1));
        return element;
    }

    /// <summary>Makes an extension addition that no type knows; its tag comes behind all others in a SET.</summary>
    internal Element Addition() => new(null) { Tag = new Tag(TagClass.Private, Additional + random.Next(100), constructed: false), Content = Octets(random.Next(5)) };

    private int Length(ConstraintBounds sizes)
    {
        var least = (int)(sizes.Minimum ?? 0);
        var most = (int)BigInteger.Min(sizes.Maximum ?? int.MaxValue, least + (random.Next(10) == 0 ? 10 * size : size));
        return least >= most ? least : random.Next(least, most + 1);
    }

    private BigInteger Number(ConstraintBounds bounds, TypeDescriptor type)
    {
        if (bounds is { Minimum: { } least, Maximum: { } most })
        {
            return random.Next(4) switch { 0 => least, 1 => most, _ => least + BigInteger.Remainder(new BigInteger(Octets(20), isUnsigned: true), BigInteger.Max(BigInteger.One, most - least + 1)) };
        }

        var number = random.Next(4) switch
        {
            0 when type.Names.Count > 0 => type.Names[random.Next(type.Names.Count)].Value,
            1 => new BigInteger(Octets(random.Next(1, 20))),
            _ => random.Next(-300, 300),
        };
        if (bounds.Minimum is { } low && number < low)
            number = low + BigInteger.Abs(number);
        return bounds.Maximum is { } high && number > high ? high - BigInteger.Abs(number) : number;
    }

    private byte[] Item(TypeDescriptor type)
    {
        var other = type.IsExtensible && random.Next(10) == 0;
        var number = other || type.Names.Count == 0 ? (BigInteger)random.Next(1000, 100000) : type.Names[random.Next(type.Names.Count)].Value;
        return number.ToByteArray(isBigEndian: true);
    }

    private byte[] Bits(TypeDescriptor type, int length)
    {
        if (type.Names.Count > 0)
        {
            var named = BitString.FromNamedBits([.. type.Names.Where(_ => random.Next(2) == 0).Select(name => (int)name.Value)]);
            return [(byte)named.UnusedBits, .. named.Octets.Span];
        }

        var octets = Octets((length + 7) / 8);
        var unused = (8 * octets.Length) - length;
        if (unused > 0)
            octets[^1] &= (byte)(0xFF << unused);
        return [(byte)unused, .. octets];
    }

    private byte[] Octets(int length)
    {
        var octets = new byte[length];
        random.NextBytes(octets);
        return octets;
    }

    private double Real() => random.Next(8) switch
    {
        0 => 0,
        1 => double.NegativeInfinity,
        2 => double.NaN,
        3 => random.Next(-100, 100) / 4.0,
        _ => BitConverter.Int64BitsToDouble(random.NextInt64() & 0x7FEF_FFFF_FFFF_FFFF),
    };

    private ObjectIdentifier Oid() => ObjectIdentifier.Parse(random.Next(3) switch
    {
        0 => "2." + Arcs(),
        1 => $"1.{random.Next(40).ToString(CultureInfo.InvariantCulture)}.{Arcs()}",
        _ => "2.5.4." + random.Next(1, 200).ToString(CultureInfo.InvariantCulture),
    });

    private string Arcs()
    {
        var arcs = new StringBuilder();
        for (var i = random.Next(1, 6); i > 0; i--)
            arcs.Append(arcs.Length > 0 ? "." : "").Append(new BigInteger(Octets(random.Next(1, 6)), isUnsigned: true).ToString(CultureInfo.InvariantCulture));
        return arcs.ToString();
    }

    private DateTimeOffset Moment(int first, int last)
    {
        var from = new DateTime(first, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        return new DateTimeOffset(random.NextInt64(from, new DateTime(last, 12, 31, 0, 0, 0, DateTimeKind.Utc).Ticks), TimeSpan.Zero);
    }
}
