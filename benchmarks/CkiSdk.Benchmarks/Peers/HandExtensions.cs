using System.Formats.Asn1;

namespace CkiSdk.Benchmarks.Peers;

/// <summary>Decodes extensions by hand with <see cref="AsnReader"/>.</summary>
internal static class HandExtensions
{
    /// <summary>Decodes the value of an extension; null for one that is not known.</summary>
    public static object? Decode(HandExtension extension)
    {
        Func<AsnReader, object>? decode = extension.Oid switch
        {
            "2.5.29.14" => reader => Octets(reader),
            "2.5.29.15" => reader => reader.ReadNamedBitList(),
            "2.5.29.16" => Period,
            "2.5.29.17" or "2.5.29.18" => reader => Names(reader, Asn1Tag.Sequence),
            "2.5.29.19" => Constraints,
            "2.5.29.31" => reader => All(reader, Point),
            "2.5.29.32" => reader => All(reader, Policy),
            "2.5.29.35" => Authority,
            "2.5.29.37" => reader => All(reader, id => id.ReadObjectIdentifier()),
            "1.3.6.1.5.5.7.1.1" => reader => All(reader, Access),
            _ => null,
        };
        if (decode is null) return null;
        var reader = new AsnReader(extension.Value, AsnEncodingRules.DER);
        var value = decode(reader);
        reader.ThrowIfNotEmpty();
        return value;
    }

    private static Asn1Tag Tag(int number, bool isConstructed = false) => new(TagClass.ContextSpecific, number, isConstructed);

    private static bool Next(AsnReader reader, Asn1Tag tag) => reader.HasData && reader.PeekTag() == tag;

    private static T End<T>(AsnReader reader, T value)
    {
        reader.ThrowIfNotEmpty();
        return value;
    }

    private static List<T> All<T>(AsnReader reader, Func<AsnReader, T> element, Asn1Tag? tag = null)
    {
        var all = new List<T>();
        for (var inner = reader.ReadSequence(tag); inner.HasData;) all.Add(element(inner));
        return all;
    }

    private static ReadOnlyMemory<byte> Octets(AsnReader reader) =>
        reader.TryReadPrimitiveOctetString(out var value) ? value : throw new AsnContentException("OCTET STRING");

    private static ReadOnlyMemory<byte>? Octets(AsnReader reader, Asn1Tag tag) => !Next(reader, tag) ? null
        : reader.TryReadPrimitiveOctetString(out var value, tag) ? value : throw new AsnContentException("OCTET STRING");

    private static HandPeriod Period(AsnReader reader)
    {
        var inner = reader.ReadSequence();
        DateTimeOffset? from = Next(inner, Tag(0)) ? inner.ReadGeneralizedTime(Tag(0)) : null;
        DateTimeOffset? to = Next(inner, Tag(1)) ? inner.ReadGeneralizedTime(Tag(1)) : null;
        return End(inner, new HandPeriod(from, to));
    }

    private static HandConstraints Constraints(AsnReader reader)
    {
        var inner = reader.ReadSequence();
        var isAuthority = Next(inner, Asn1Tag.Boolean) && inner.ReadBoolean();
        ReadOnlyMemory<byte>? length = inner.HasData ? inner.ReadIntegerBytes() : null;
        return End(inner, new HandConstraints(isAuthority, length));
    }

    private static HandAuthority Authority(AsnReader reader)
    {
        var inner = reader.ReadSequence();
        var key = Octets(inner, Tag(0));
        var issuer = Next(inner, Tag(1, true)) ? Names(inner, Tag(1, true)) : null;
        ReadOnlyMemory<byte>? serial = Next(inner, Tag(2)) ? inner.ReadIntegerBytes(Tag(2)) : null;
        return End(inner, new HandAuthority(key, issuer, serial));
    }

    private static HandPoint Point(AsnReader reader)
    {
        var inner = reader.ReadSequence();
        List<HandName>? names = null;
        ReadOnlyMemory<byte>? relative = null;
        if (Next(inner, Tag(0, true)))
        {
            var name = inner.ReadSequence(Tag(0, true));
            if (Next(name, Tag(0, true))) names = Names(name, Tag(0, true));
            else relative = name.ReadEncodedValue();
            name.ThrowIfNotEmpty();
        }

        var reasons = Next(inner, Tag(1)) ? inner.ReadNamedBitList(Tag(1)) : null;
        return End(inner, new HandPoint(names, relative, reasons, Next(inner, Tag(2, true)) ? Names(inner, Tag(2, true)) : null));
    }

    private static HandPolicy Policy(AsnReader reader)
    {
        var inner = reader.ReadSequence();
        return new HandPolicy(inner.ReadObjectIdentifier(), inner.HasData ? End(inner, All(inner, Qualifier)) : null);
    }

    private static HandAttribute Qualifier(AsnReader reader)
    {
        var inner = reader.ReadSequence();
        return End(inner, new HandAttribute(inner.ReadObjectIdentifier(), inner.ReadEncodedValue()));
    }

    private static HandAccess Access(AsnReader reader)
    {
        var inner = reader.ReadSequence();
        return End(inner, new HandAccess(inner.ReadObjectIdentifier(), Name(inner)));
    }

    private static List<HandName> Names(AsnReader reader, Asn1Tag tag) => All(reader, Name, tag);

    // Texts as such; names in other forms as they stand, but that of a directory, which is read.
    private static HandName Name(AsnReader reader)
    {
        var tag = reader.PeekTag();
        switch (tag.TagValue)
        {
            case 1 or 2 or 6:
                return new HandName(tag.TagValue, reader.ReadCharacterString(UniversalTagNumber.IA5String, tag), default, null);
            case 4:
                var inner = reader.ReadSequence(tag);
                return End(inner, new HandName(4, null, default, HandReader.Name(inner)));
            default:
                return new HandName(tag.TagValue, null, reader.ReadEncodedValue(), null);
        }
    }
}
