using System.Formats.Asn1;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Gives the verdict of System.Formats.Asn1 on an element of any type.</summary>
internal static class AsnReaderOracle
{
    /// <summary>Returns whether the input is exactly one element in DER, all universal types inside included.</summary>
    public static bool Accepts(byte[] input) => Accepts(input, withContent: true);

    /// <summary>Returns whether the input is exactly one element whose tags and lengths are DER down to the primitive elements.</summary>
    public static bool IsWellFormed(byte[] input) => Accepts(input, withContent: false);

    private static bool Accepts(byte[] input, bool withContent)
    {
        try
        {
            var reader = new AsnReader(input, AsnEncodingRules.DER);
            Walk(reader, withContent);
            reader.ThrowIfNotEmpty();
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static void Walk(AsnReader reader, bool withContent)
    {
        var tag = reader.PeekTag();
        if (tag.TagClass == TagClass.Universal && tag.TagValue < 31) RequireForm(tag);
        if (tag.IsConstructed)
        {
            var element = reader.ReadEncodedValue();
            AsnDecoder.ReadEncodedValue(element.Span, AsnEncodingRules.DER, out var offset, out var length, out _);
            var inner = new AsnReader(element.Slice(offset, length), AsnEncodingRules.DER);
            while (inner.HasData) Walk(inner, withContent);
        }
        else if (withContent && tag.TagClass == TagClass.Universal)
        {
            Read(reader, tag);
        }
        else
        {
            reader.ReadEncodedValue();
        }
    }

    // AsnReader looks at the form of a universal type only when it is asked for that type, and takes the reserved tag 0 (X.690 8.1.5) for any other.
    private static void RequireForm(Asn1Tag tag)
    {
        if (tag.TagValue == 0) throw new AsnContentException("end-of-contents");
        if (tag.IsConstructed != (tag.TagValue is 8 or 11 or 16 or 17 or 29)) throw new AsnContentException("wrong form");
    }

    private static void Read(AsnReader reader, Asn1Tag tag)
    {
        switch ((UniversalTagNumber)tag.TagValue)
        {
            case UniversalTagNumber.Boolean: reader.ReadBoolean(); break;
            case UniversalTagNumber.Integer: reader.ReadIntegerBytes(); break;
            case UniversalTagNumber.BitString: reader.ReadBitString(out _); break;
            case UniversalTagNumber.OctetString: reader.ReadOctetString(); break;
            case UniversalTagNumber.Null: reader.ReadNull(); break;
            case UniversalTagNumber.ObjectIdentifier when HasHugeArc(reader.PeekContentBytes()): reader.ReadEncodedValue(); break;
            case UniversalTagNumber.ObjectIdentifier: reader.ReadObjectIdentifier(); break;
            case UniversalTagNumber.UtcTime: reader.ReadUtcTime(); break;
            case UniversalTagNumber.GeneralizedTime: reader.ReadGeneralizedTime(); break;
            case UniversalTagNumber.UTF8String or UniversalTagNumber.NumericString or UniversalTagNumber.PrintableString
                or UniversalTagNumber.IA5String or UniversalTagNumber.VisibleString or UniversalTagNumber.BMPString:
                reader.ReadCharacterString((UniversalTagNumber)tag.TagValue);
                break;
            default: reader.ReadEncodedValue(); break;
        }
    }

    // AsnReader refuses arcs above 128 bits and more than 64 arcs, which X.660 allows; such identifiers (an arc of 19 octets or more, over 60 arcs) are only
    // looked at for their form.
    private static bool HasHugeArc(ReadOnlyMemory<byte> content)
    {
        var (longest, length, count, padded) = (0, 0, 0, false);
        foreach (var octet in content.Span)
        {
            padded |= length == 0 && octet == 0x80;
            length++;
            longest = Math.Max(longest, length);
            if (octet >= 0x80) continue;
            length = 0;
            count++;
        }

        return (longest > 18 || count > 60) && length == 0 && !padded;
    }
}
