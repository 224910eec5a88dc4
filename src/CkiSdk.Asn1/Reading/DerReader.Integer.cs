namespace CkiSdk.Asn1;

/// <content>INTEGER and ENUMERATED (X.690 8.3, 8.4).</content>
public ref partial struct DerReader
{
    /// <summary>Reads an INTEGER of any size.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is empty or starts with a redundant octet.</exception>
    public Integer ReadInteger(Tag tag)
    {
        var end = CheckInteger(tag, out var start);
        return Integer.Wrap(Take(start, end - start));
    }

    /// <summary>Reads an INTEGER of at most 32 bits.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is malformed, or greater.</exception>
    public int ReadInt32(Tag tag)
    {
        var end = CheckInteger(tag, out var start);
        var content = Octets(start, end);
        if (content.Length > 4)
            ThrowAt(DerErrorKind.ConstraintViolated, _position, "INTEGER of more than 32 bits");
        _position = end;
        return (int)Integer.Narrow(content);
    }

    /// <summary>Reads an INTEGER of at most 64 bits.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is malformed, or greater.</exception>
    public long ReadInt64(Tag tag)
    {
        var end = CheckInteger(tag, out var start);
        var content = Octets(start, end);
        if (content.Length > 8)
            ThrowAt(DerErrorKind.ConstraintViolated, _position, "INTEGER of more than 64 bits");
        _position = end;
        return Integer.Narrow(content);
    }

    /// <summary>Reads an ENUMERATED as its number, at most 32 bits.</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is malformed, or greater.</exception>
    public int ReadEnumerated(Tag tag)
    {
        var content = Content(tag, out var start);
        if (!Integer.IsMinimal(content) || content.Length > 4)
            ThrowAt(
                DerErrorKind.InvalidEnumerated, _position, "ENUMERATED without content, with a redundant octet or of more than 32 bits");
        _position = start + content.Length;
        return (int)Integer.Narrow(content);
    }

    // Gives the end of an INTEGER of the right form and does not move.
    private readonly int CheckInteger(Tag tag, out int start)
    {
        start = Header(tag.AsPrimitive(), out var end);
        if (!Integer.IsMinimal(Octets(start, end)))
            ThrowAt(DerErrorKind.InvalidInteger, _position, "INTEGER without content or with a redundant octet");
        return end;
    }
}
