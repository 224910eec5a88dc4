namespace CkiSdk.Asn1;

/// <content>Encodings inside a BIT STRING (X.682 11).</content>
public ref partial struct DerWriter
{
    private static ReadOnlySpan<byte> NoUnusedBits => [0];

    /// <summary>Writes the count of unused bits, length and tag in front of the encoding that a BIT STRING contains.</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="mark">The <see cref="Length"/> before the content was written.</param>
    public void EndBits(Tag tag, int mark)
    {
        WriteRaw(NoUnusedBits);
        End(tag.AsPrimitive(), mark);
    }
}
