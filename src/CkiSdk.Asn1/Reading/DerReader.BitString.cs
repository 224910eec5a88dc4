namespace CkiSdk.Asn1;

/// <content>BIT STRING (X.690 8.6, 11.2).</content>
public ref partial struct DerReader
{
    /// <summary>Reads a BIT STRING.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or its unused bits are too many or not zero.</exception>
    public BitString ReadBitString(Tag tag)
    {
        var end = CheckBitString(tag, named: false, out var start);
        var unusedBits = Octet(start);
        return BitString.Wrap(Take(start, end - start)[1..], unusedBits);
    }

    /// <summary>Reads a BIT STRING with named bits, which ends with a bit that is set (X.690 11.2.2).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or its unused bits are malformed, or it has trailing zero bits.</exception>
    public BitString ReadNamedBitString(Tag tag)
    {
        var end = CheckBitString(tag, named: true, out var start);
        var unusedBits = Octet(start);
        return BitString.Wrap(Take(start, end - start)[1..], unusedBits);
    }

    // Gives the end of a BIT STRING of the right form and does not move.
    private readonly int CheckBitString(Tag tag, bool named, out int start)
    {
        start = Header(tag.AsPrimitive(), out var end);
        var content = Octets(start, end);
        if (content.IsEmpty || !BitString.IsValid(content[1..], content[0]))
            ThrowAt(DerErrorKind.InvalidBitString, _position, "BIT STRING with a wrong count of unused bits, or with one of them set");
        if (named && content.Length > 1 && (content[^1] & (1 << content[0])) == 0)
            ThrowAt(DerErrorKind.InvalidBitString, _position, "BIT STRING of named bits that ends with a zero");
        return end;
    }
}
