using CkiSdk.Asn1;

namespace CkiSdk.Pki.Cms.Streaming;

/// <summary>Holds identifier and length octets of one element (X.690 8.1.2, 8.1.3).</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Length">The length of the content in octets; null for the indefinite form.</param>
/// <param name="Octets">How many octets the header itself has.</param>
internal readonly record struct BerHeader(Tag Tag, long? Length, int Octets)
{
    /// <summary>The longest header that is read: a tag of 1 + 4 octets and a length of 1 + 8.</summary>
    public const int MaxOctets = 14;

    private const int MaxTagOctets = 5;

    /// <summary>Gets whether this is the mark at the end of indefinite content (X.690 8.1.5).</summary>
    public bool IsEndOfContents => Tag == default && Length == 0;

    /// <summary>Reads a header from the beginning of some octets.</summary>
    /// <param name="octets">At least <see cref="MaxOctets"/> octets, or all there are.</param>
    /// <param name="header">The header.</param>
    /// <returns>What is wrong, or null.</returns>
    public static DerErrorKind? TryRead(ReadOnlySpan<byte> octets, out BerHeader header)
    {
        header = default;
        if (ReadTag(octets, out var tag, out var position) is { } wrongTag)
            return wrongTag;
        if (position >= octets.Length)
            return DerErrorKind.UnexpectedEnd;
        int first = octets[position++];
        long? length = first;
        if (first == 0x80)
        {
            if (!tag.IsConstructed)
                return DerErrorKind.IndefiniteLength; // only what is constructed has an end mark (X.690 8.1.3.2)
            length = null;
        }
        else if (first > 0x80)
        {
            var count = first & 0x7F;
            if (octets.Length - position < Math.Min(count, 8))
                return DerErrorKind.UnexpectedEnd;
            if (count > 8 || (count == 8 && octets[position] > 0x7F))
                return DerErrorKind.LengthTooLarge;
            length = 0;
            foreach (var octet in octets.Slice(position, count))
                length = (length << 8) | octet;
            position += count;
        }

        header = new BerHeader(tag, length, position);
        return null;
    }

    private static DerErrorKind? ReadTag(ReadOnlySpan<byte> octets, out Tag tag, out int position)
    {
        (tag, position) = (default, 1);
        if (octets.IsEmpty)
            return DerErrorKind.UnexpectedEnd;
        var number = octets[0] & 0x1F;
        if (number == 0x1F)
        {
            number = 0;
            do
            {
                if (position >= octets.Length)
                    return DerErrorKind.UnexpectedEnd;
                number = (number << 7) | (octets[position] & 0x7F);
                if (number > Tag.MaxNumber || position >= MaxTagOctets)
                    return DerErrorKind.TooLarge;
            }
            while ((octets[position++] & 0x80) != 0);
        }

        tag = new Tag((TagClass)(octets[0] >> 6), number, (octets[0] & 0x20) != 0);
        return null;
    }
}
