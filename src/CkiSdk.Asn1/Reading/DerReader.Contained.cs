namespace CkiSdk.Asn1;

/// <content>Encodings inside a BIT STRING (X.682 11).</content>
public ref partial struct DerReader
{
    /// <summary>Goes to the encoding that a BIT STRING contains, which is whole octets.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <returns>The mark to give to <see cref="Leave"/>.</returns>
    /// <exception cref="DerException">Another element follows, or some of its bits are unused, or it lies too deep.</exception>
    public int EnterBits(Tag tag)
    {
        var content = Content(tag, out _);
        if (content.IsEmpty || content[0] != 0)
            ThrowAt(DerErrorKind.InvalidBitString, _position, "BIT STRING that contains no whole octets");
        var mark = Enter(tag.AsPrimitive());
        _position++;
        return mark;
    }
}
