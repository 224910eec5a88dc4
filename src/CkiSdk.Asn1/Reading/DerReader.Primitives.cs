using System.Runtime.CompilerServices;

namespace CkiSdk.Asn1;

/// <content>BOOLEAN, NULL, OCTET STRING, object identifiers, REAL and times.</content>
public ref partial struct DerReader
{
    /// <summary>Reads a BOOLEAN: 00 or FF (X.690 8.2, 11.1).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or its content is malformed.</exception>
    public bool ReadBoolean(Tag tag)
    {
        var content = Content(tag, out var start);
        if (content.Length != 1 || content[0] is not (0x00 or 0xFF))
            ThrowAt(DerErrorKind.InvalidBoolean, _position, "BOOLEAN that is neither 00 nor FF");
        _position = start + 1;
        return content[0] != 0;
    }

    /// <summary>Reads a NULL (X.690 8.8).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it has content.</exception>
    public Null ReadNull(Tag tag)
    {
        if (!Content(tag, out var start).IsEmpty)
            ThrowAt(DerErrorKind.InvalidNull, _position, "NULL with content");
        _position = start;
        return default;
    }

    /// <summary>Reads an OCTET STRING (X.690 8.7, 10.2).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or its header is malformed.</exception>
    public OctetString ReadOctetString(Tag tag)
    {
        var start = Header(tag.AsPrimitive(), out var end);
        return new(Take(start, end - start));
    }

    /// <summary>Reads an OBJECT IDENTIFIER (X.690 8.19).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is empty, ends inside an arc or pads one, or has more than 1,024 octets.</exception>
    public ObjectIdentifier ReadObjectIdentifier(Tag tag)
    {
        var end = CheckSubidentifiers(tag, "OBJECT IDENTIFIER", out var start);
        return ObjectIdentifier.Wrap(Take(start, end - start));
    }

    /// <summary>Reads a RELATIVE-OID (X.690 8.20).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is empty, ends inside an arc or pads one, or has more than 1,024 octets.</exception>
    public RelativeOid ReadRelativeOid(Tag tag)
    {
        var end = CheckSubidentifiers(tag, "RELATIVE-OID", out var start);
        return RelativeOid.Wrap(Take(start, end - start));
    }

    /// <summary>Reads a UTCTime: YYMMDDHHMMSSZ (X.690 11.8).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it has another form or names no real time.</exception>
    public UtcTime ReadUtcTime(Tag tag)
    {
        var end = CheckUtcTime(tag, out var start);
        return UtcTime.Wrap(Take(start, end - start));
    }

    /// <summary>Reads a GeneralizedTime: YYYYMMDDHHMMSS[.f]Z (X.690 11.7).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it has another form or names no real time.</exception>
    public GeneralizedTime ReadGeneralizedTime(Tag tag)
    {
        var end = CheckGeneralizedTime(tag, out var start);
        return GeneralizedTime.Wrap(Take(start, end - start));
    }

    /// <summary>Reads a REAL: zero, a special value, binary or decimal (X.690 8.5, 11.3).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is not in its DER form.</exception>
    public Real ReadReal(Tag tag)
    {
        var content = Content(tag, out var start);
        if (!RealContent.IsValid(content))
            ThrowAt(DerErrorKind.InvalidReal, _position, "REAL that is not in its DER form");
        return Real.Wrap(Take(start, content.Length));
    }

    // Each check gives the end of an element of the right form and does not move.
    private readonly int CheckSubidentifiers(Tag tag, string type, out int start)
    {
        start = Header(tag.AsPrimitive(), out var end);
        if (end - start > Subidentifiers.MostOctets || !Subidentifiers.IsValid(Octets(start, end)))
            ThrowSubidentifiers(type, end - start);
        return end;
    }

    private readonly int CheckUtcTime(Tag tag, out int start)
    {
        start = Header(tag.AsPrimitive(), out var end);
        if (!TimeText.IsUtc(Octets(start, end)))
            ThrowAt(DerErrorKind.InvalidTime, _position, "UTCTime that is no real time as YYMMDDHHMMSSZ");
        return end;
    }

    private readonly int CheckGeneralizedTime(Tag tag, out int start)
    {
        start = Header(tag.AsPrimitive(), out var end);
        if (!TimeText.IsGeneralized(Octets(start, end)))
            ThrowAt(DerErrorKind.InvalidTime, _position, "GeneralizedTime that is no real time as YYYYMMDDHHMMSS[.f]Z");
        return end;
    }

    /// <summary>Checks the header of a primitive element; gives its content and does not move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ReadOnlySpan<byte> Content(Tag tag, out int start)
    {
        start = Header(tag.AsPrimitive(), out var end);
        return Octets(start, end);
    }

    /// <summary>Goes behind content that was checked and gives it as a slice of the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlyMemory<byte> Take(int start, int length)
    {
        _position = start + length;
        return _memory.Slice(start, length);
    }
}
