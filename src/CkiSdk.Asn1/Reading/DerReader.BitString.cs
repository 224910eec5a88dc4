namespace CkiSdk.Asn1;

/// <content>BIT STRING (X.690 8.6, 11.2).</content>
public ref partial struct DerReader
{
    /// <summary>Reads a BIT STRING.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or its unused bits are too many or not zero.</exception>
    public BitString ReadBitString(Tag tag)
    {
        var content = Content(tag, out var start);
        if (content.IsEmpty || !BitString.IsValid(content[1..], content[0]))
            ThrowAt(DerErrorKind.InvalidBitString, _position, "BIT STRING with a wrong count of unused bits, or with one of them set");
        var unusedBits = content[0];
        return BitString.Wrap(Take(start, content.Length)[1..], unusedBits);
    }

    /// <summary>Reads a BIT STRING with named bits, which ends with a bit that is set (X.690 11.2.2).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or its unused bits are malformed, or it has trailing zero bits.</exception>
    public BitString ReadNamedBitString(Tag tag)
    {
        var content = Content(tag, out var start);
        if (content.IsEmpty || !BitString.IsValid(content[1..], content[0]))
            ThrowAt(DerErrorKind.InvalidBitString, _position, "BIT STRING with a wrong count of unused bits, or with one of them set");
        var unusedBits = content[0];
        if (content.Length > 1 && (content[^1] & (1 << unusedBits)) == 0)
            ThrowAt(DerErrorKind.InvalidBitString, _position, "BIT STRING of named bits that ends with a zero");
        return BitString.Wrap(Take(start, content.Length)[1..], unusedBits);
    }
}
