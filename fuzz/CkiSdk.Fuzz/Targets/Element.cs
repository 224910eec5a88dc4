using CkiSdk.Asn1;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds one element of any type: the value as the run-time read it, or the elements inside.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Write">Writes the value of a primitive element; null for a constructed one.</param>
/// <param name="Inner">The elements of a constructed element.</param>
internal sealed record Element(Tag Tag, DerEncoder<Tag>? Write, IReadOnlyList<Element> Inner)
{
    /// <summary>Reads the next element, universal types with the reader of their type.</summary>
    public static Element Decode(ref DerReader reader)
    {
        var tag = reader.PeekTag();
        if (!tag.IsConstructed) return new Element(tag, tag.Class == TagClass.Universal ? DecodeUniversal(ref reader, tag) : DecodeAny(ref reader), []);

        // Universal types that are never constructed are left to the reader, which refuses them.
        if (tag.Class == TagClass.Universal && tag.Number < 31 && tag.Number is not (8 or 11 or 16 or 17 or 29)) return new Element(tag, DecodeAny(ref reader), []);
        var inner = new List<Element>();
        var mark = reader.Enter(tag);
        while (reader.HasData) inner.Add(Decode(ref reader));
        reader.Leave(mark);
        return new Element(tag, null, inner);
    }

    /// <summary>Writes an element, the last of its inner elements first.</summary>
    public static void Encode(ref DerWriter writer, Element element)
    {
        if (element.Write is { } write)
        {
            write(ref writer, element.Tag);
            return;
        }

        var mark = writer.Length;
        for (var index = element.Inner.Count - 1; index >= 0; index--) Encode(ref writer, element.Inner[index]);
        writer.End(element.Tag, mark);
    }

    private static DerEncoder<Tag> DecodeAny(ref DerReader reader)
    {
        var value = reader.ReadAny();
        return (ref DerWriter writer, Tag _) => writer.WriteAny(value);
    }

    private static DerEncoder<Tag> DecodeUniversal(ref DerReader reader, Tag tag)
    {
        switch (tag.Number)
        {
            case 1: { var value = reader.ReadBoolean(tag); return (ref DerWriter writer, Tag own) => writer.WriteBoolean(own, value); }
            case 2: { var value = reader.ReadInteger(tag); return (ref DerWriter writer, Tag own) => writer.WriteInteger(own, value); }
            case 3: { var value = reader.ReadBitString(tag); return (ref DerWriter writer, Tag own) => writer.WriteBitString(own, value); }
            case 4: { var value = reader.ReadOctetString(tag); return (ref DerWriter writer, Tag own) => writer.WriteOctetString(own, value); }
            case 5: { var value = reader.ReadNull(tag); return (ref DerWriter writer, Tag own) => writer.WriteNull(own); }
            case 6: { var value = reader.ReadObjectIdentifier(tag); return (ref DerWriter writer, Tag own) => writer.WriteObjectIdentifier(own, value); }
            case 12: { var value = reader.ReadUtf8String(tag); return (ref DerWriter writer, Tag own) => writer.WriteUtf8String(own, value); }
            case 18: { var value = reader.ReadNumericString(tag); return (ref DerWriter writer, Tag own) => writer.WriteNumericString(own, value); }
            case 19: { var value = reader.ReadPrintableString(tag); return (ref DerWriter writer, Tag own) => writer.WritePrintableString(own, value); }
            case 22: { var value = reader.ReadIa5String(tag); return (ref DerWriter writer, Tag own) => writer.WriteIa5String(own, value); }
            case 23: { var value = reader.ReadUtcTime(tag); return (ref DerWriter writer, Tag own) => writer.WriteUtcTime(own, value); }
            case 24: { var value = reader.ReadGeneralizedTime(tag); return (ref DerWriter writer, Tag own) => writer.WriteGeneralizedTime(own, value); }
            case 26: { var value = reader.ReadVisibleString(tag); return (ref DerWriter writer, Tag own) => writer.WriteVisibleString(own, value); }
            case 30: { var value = reader.ReadBmpString(tag); return (ref DerWriter writer, Tag own) => writer.WriteBmpString(own, value); }
            default: return DecodeAny(ref reader);
        }
    }
}
