using System.Runtime.CompilerServices;

namespace CkiSdk.Asn1;

/// <content>The primitive types but character strings.</content>
public ref partial struct DerWriter
{
    /// <summary>Writes a BOOLEAN (X.690 8.2, 11.1).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteBoolean(Tag tag, bool value)
    {
        var content = Claim(1);
        if (!IsCounting)
            content[0] = value ? (byte)0xFF : (byte)0;
        Header(tag.AsPrimitive(), 1);
    }

    /// <summary>Writes an INTEGER (X.690 8.3).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteInteger(Tag tag, Integer value) => Primitive(tag, value.Span);

    /// <summary>Writes an INTEGER (X.690 8.3).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteInt32(Tag tag, int value) => WriteInt64(tag, value);

    /// <summary>Writes an INTEGER (X.690 8.3).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteInt64(Tag tag, long value)
    {
        var length = Integer.LengthOf(value);
        var content = Claim(length);
        if (!IsCounting)
        {
            for (var i = length - 1; i >= 0; i--, value >>= 8)
                content[i] = (byte)value;
        }

        Header(tag.AsPrimitive(), length);
    }

    /// <summary>Writes an ENUMERATED (X.690 8.4).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">Its number.</param>
    public void WriteEnumerated(Tag tag, int value) => WriteInt64(tag, value);

    /// <summary>Writes a BIT STRING (X.690 8.6, 11.2.1).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteBitString(Tag tag, BitString value) => Bits(tag, value.Octets.Span, value.UnusedBits);

    /// <summary>Writes a BIT STRING with named bits, without trailing zero bits (X.690 11.2.2).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteNamedBitString(Tag tag, BitString value) => WriteBitString(tag, value.TrimTrailingZeros());

    /// <summary>Writes an OCTET STRING (X.690 8.7).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteOctetString(Tag tag, OctetString value) => Primitive(tag, value.Span);

    /// <summary>Writes a NULL (X.690 8.8).</summary>
    /// <param name="tag">The tag that it gets.</param>
    public void WriteNull(Tag tag) => Header(tag.AsPrimitive(), 0);

    /// <summary>Writes a NULL (X.690 8.8).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The one value of the type.</param>
    public void WriteNull(Tag tag, Null value) => Header(tag.AsPrimitive(), 0);

    /// <summary>Writes an OBJECT IDENTIFIER (X.690 8.19).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteObjectIdentifier(Tag tag, ObjectIdentifier value) => Primitive(tag, value.Span);

    /// <summary>Writes a RELATIVE-OID (X.690 8.20).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteRelativeOid(Tag tag, RelativeOid value) => Primitive(tag, value.Encoded.Span);

    /// <summary>Writes a REAL (X.690 8.5, 11.3).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteReal(Tag tag, Real value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a UTCTime (X.690 11.8).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteUtcTime(Tag tag, UtcTime value) => Primitive(tag, value.Span);

    /// <summary>Writes a GeneralizedTime (X.690 11.7).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteGeneralizedTime(Tag tag, GeneralizedTime value) => Primitive(tag, value.Span);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Bits(Tag tag, scoped ReadOnlySpan<byte> octets, int unusedBits)
    {
        var content = Claim(octets.Length + 1);
        if (!IsCounting)
        {
            octets.CopyTo(content[1..]);
            content[0] = (byte)unusedBits;
        }

        Header(tag.AsPrimitive(), octets.Length + 1);
    }
}
