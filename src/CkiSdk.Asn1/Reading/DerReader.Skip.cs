namespace CkiSdk.Asn1;

/// <content>Reading past elements with all checks of the Read method of the same name.</content>
public ref partial struct DerReader
{
    /// <summary>Reads past a BOOLEAN.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or its content is malformed.</exception>
    public void SkipBoolean(Tag tag) => _ = ReadBoolean(tag);

    /// <summary>Reads past a NULL.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it has content.</exception>
    public void SkipNull(Tag tag) => _ = ReadNull(tag);

    /// <summary>Reads past an INTEGER of any size.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is empty or starts with a redundant octet.</exception>
    public void SkipInteger(Tag tag) => _position = CheckInteger(tag, out _);

    /// <summary>Reads past an INTEGER of at most 32 bits.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is malformed, or greater.</exception>
    public void SkipInt32(Tag tag) => _ = ReadInt32(tag);

    /// <summary>Reads past an INTEGER of at most 64 bits.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is malformed, or greater.</exception>
    public void SkipInt64(Tag tag) => _ = ReadInt64(tag);

    /// <summary>Reads past an OCTET STRING.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or its header is malformed.</exception>
    public void SkipOctetString(Tag tag)
    {
        Header(tag.AsPrimitive(), out var end);
        _position = end;
    }

    /// <summary>Reads past a BIT STRING.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or its unused bits are too many or not zero.</exception>
    public void SkipBitString(Tag tag) => _position = CheckBitString(tag, named: false, out _);

    /// <summary>Reads past a BIT STRING with named bits.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or its unused bits are malformed, or it has trailing zero bits.</exception>
    public void SkipNamedBitString(Tag tag) => _position = CheckBitString(tag, named: true, out _);

    /// <summary>Reads past an OBJECT IDENTIFIER.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is empty, ends inside an arc or pads one, or has more than 1,024 octets.</exception>
    public void SkipObjectIdentifier(Tag tag) => _position = CheckSubidentifiers(tag, "OBJECT IDENTIFIER", out _);

    /// <summary>Reads past a RELATIVE-OID.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is empty, ends inside an arc or pads one, or has more than 1,024 octets.</exception>
    public void SkipRelativeOid(Tag tag) => _position = CheckSubidentifiers(tag, "RELATIVE-OID", out _);

    /// <summary>Reads past a REAL.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is not in its DER form.</exception>
    public void SkipReal(Tag tag) => _ = ReadReal(tag);

    /// <summary>Reads past a UTCTime.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it has another form or names no real time.</exception>
    public void SkipUtcTime(Tag tag) => _position = CheckUtcTime(tag, out _);

    /// <summary>Reads past a GeneralizedTime.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it has another form or names no real time.</exception>
    public void SkipGeneralizedTime(Tag tag) => _position = CheckGeneralizedTime(tag, out _);

    /// <summary>Reads past a character string.</summary>
    /// <typeparam name="T">The type of the string.</typeparam>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or a character lies outside the alphabet.</exception>
    public void SkipString<T>(Tag tag)
        where T : struct, ICharacterString<T> => _position = CheckString<T>(tag, out _);

    /// <summary>Reads past one whole element of any tag, in which all headers down to the primitive elements are checked.</summary>
    /// <exception cref="DerException">None follows, or something in it is no well-formed DER, or nested too deep.</exception>
    public void SkipAny() => _position = CheckAny();

    /// <summary>Requires that the elements of the SET OF entered last ascend as octet strings (X.690 11.6).</summary>
    /// <param name="start">The <see cref="Position"/> of its first element.</param>
    /// <exception cref="DerException">They do not, or a header is malformed.</exception>
    public readonly void CheckSetOrder(int start) => _ = HeadersFrom(start, ordered: true);

    /// <summary>Counts the elements of a list that was read.</summary>
    /// <param name="start">The <see cref="Position"/> before it.</param>
    /// <param name="headers">How many tags it has.</param>
    public readonly int CountElements(int start, int headers) => ViewElement.Count(ViewElement.Strip(_input[start.._position], headers));
}
