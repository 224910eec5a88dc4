using CkiSdk.Asn1;

namespace CkiSdk.Pki.Cms.Streaming;

/// <summary>Makes the parts of BER of which a message is put together whose length is not known beforehand (X.690 8.1.3.6).</summary>
internal static class BerOutput
{
    /// <summary>The longest header of an OCTET STRING: tag, length of the length, length.</summary>
    public const int MostHeaderOctets = 6;

    /// <summary>Gets the mark at the end of indefinite content.</summary>
    public static byte[] EndOfContents => [0, 0];

    /// <summary>Gives the header of an indefinite element.</summary>
    /// <param name="tag">Its tag, the number below 31.</param>
    public static byte[] Begin(Tag tag) => [FirstOctet(tag.AsConstructed()), 0x80];

    /// <summary>Writes the header of an OCTET STRING right before its octets.</summary>
    /// <param name="buffer">What holds the octets, with room for <see cref="MostHeaderOctets"/> before them.</param>
    /// <param name="start">Where they start.</param>
    /// <param name="length">How many there are.</param>
    /// <returns>Where the header starts.</returns>
    public static int PrependOctetString(Span<byte> buffer, int start, int length)
    {
        var at = start;
        if (length < 0x80)
        {
            buffer[--at] = (byte)length;
        }
        else
        {
            for (var rest = length; rest > 0; rest >>= 8)
                buffer[--at] = (byte)rest;
            buffer[at - 1] = (byte)(0x80 | (start - at));
            at--;
        }

        buffer[--at] = 0x04;
        return at;
    }

    /// <summary>Encodes a value under another tag (IMPLICIT).</summary>
    /// <param name="tag">The tag, the number below 31.</param>
    /// <param name="der">The DER of the value under its own tag, the number below 31.</param>
    public static byte[] Retag(Tag tag, byte[] der)
    {
        var changed = der.ToArray();
        changed[0] = FirstOctet(tag);
        return changed;
    }

    private static byte FirstOctet(Tag tag) => (byte)(((int)tag.Class << 6) | (tag.IsConstructed ? 0x20 : 0) | tag.Number);
}
