using System.Buffers.Binary;
using CkiSdk.Asn1;

namespace CkiSdk.Pki.Cms.Streaming;

/// <summary>Makes the parts of BER of which a message is put together whose length is not known beforehand (X.690 8.1.3.6).</summary>
internal static class BerOutput
{
    /// <summary>Gets the mark at the end of indefinite content.</summary>
    public static byte[] EndOfContents => [0, 0];

    /// <summary>Gives the header of an indefinite element.</summary>
    /// <param name="tag">Its tag, the number below 31.</param>
    public static byte[] Begin(Tag tag) => [FirstOctet(tag.AsConstructed()), 0x80];

    /// <summary>Gives the header of an OCTET STRING of known length.</summary>
    public static byte[] OctetString(int length)
    {
        Span<byte> header = stackalloc byte[6];
        header[0] = 0x04;
        BinaryPrimitives.WriteInt32BigEndian(header[2..], length);
        var digits = header[2..].TrimStart((byte)0);
        if (length < 0x80)
            return [0x04, (byte)length];
        return [0x04, (byte)(0x80 | digits.Length), .. digits];
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
