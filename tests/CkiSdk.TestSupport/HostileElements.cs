using System.Buffers.Binary;

namespace CkiSdk.TestSupport;

/// <summary>Makes elements of a megabyte that cost a careless decoder far more than their length.</summary>
public static class HostileElements
{
    /// <summary>The octets that each of them has, nearly.</summary>
    public const int Length = 1 << 20;

    /// <summary>Gets all of them by name; each is one element, well-formed or not.</summary>
    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>(StringComparer.Ordinal)
    {
        ["SEQUENCEs one inside the other"] = Nested(0x30),
        ["SETs one inside the other"] = Nested(0x31),
        ["an object identifier of one arc"] = Element(0x06, [.. Enumerable.Repeat((byte)0xFF, Length - 1), 0x7F]),
        ["an object identifier of short arcs"] = Element(0x06, Filled(1)),
        ["many object identifiers"] = Element(0x30, Repeated([0x06, 0x03, 0x55, 0x04, 0x03])),
        ["a tag number without end"] = [0x3F, .. Enumerable.Repeat((byte)0xFF, Length)],
        ["many long tag numbers"] = Element(0x30, Repeated([0x9F, 0x83, 0xFF, 0x7F, 0x00])),
        ["many empty elements"] = Element(0x30, Repeated([0x30, 0x00])),
        ["many NULLs"] = Element(0x30, Repeated([0x05, 0x00])),
        ["many equal elements of a SET"] = Element(0x31, Repeated([0x30, 0x00])),
        ["SETs in pairs, equal"] = Pairs(),
        ["an INTEGER"] = Element(0x02, Filled(0x7F)),
        ["a negative INTEGER"] = Element(0x02, Filled(0x80)),
        ["an INTEGER with redundant octets"] = Element(0x02, Filled(0)),
        ["a UTF8String"] = Element(0x0C, Repeated([0xC3, 0xA9])),
        ["a UTF8String broken at its end"] = Element(0x0C, [.. Filled(0x41), 0xC3]),
        ["a PrintableString"] = Element(0x13, Filled(0x41)),
        ["a BMPString"] = Element(0x1E, Filled(0x41)),
        ["a BIT STRING"] = Element(0x03, [0, .. Filled(0xFF)]),
        ["a BIT STRING of zeros"] = Element(0x03, [0, .. Filled(0)]),
        ["an OCTET STRING"] = Element(0x04, Filled(0xFF)),
        ["a GeneralizedTime with a long fraction"] = Element(0x18, [.. "20260102030405."u8, .. Filled((byte)'1'), (byte)'Z']),
        ["a length of 126 octets"] = [0x30, 0xFE, .. Filled(0xFF)],
        ["a length beyond the end"] = [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, .. Filled(0x30)],
        ["many long lengths"] = Element(0x30, Repeated([0x04, 0x84, 0x00, 0x00, 0x00, 0x00])),
    };

    /// <summary>Gives an element.</summary>
    /// <param name="tag">The identifier octet.</param>
    /// <param name="content">The content, of more than 64 KiB.</param>
    public static byte[] Element(byte tag, ReadOnlySpan<byte> content)
    {
        var element = new byte[5 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(element.AsSpan(1), content.Length);
        element[0] = tag;
        element[1] = 0x83;
        content.CopyTo(element.AsSpan(5));
        return element;
    }

    /// <summary>Gives a content of equal elements.</summary>
    /// <param name="element">The element.</param>
    public static byte[] Repeated(ReadOnlySpan<byte> element)
    {
        var content = new byte[(Length - 16) / element.Length * element.Length];
        for (var i = 0; i < content.Length; i += element.Length)
            element.CopyTo(content.AsSpan(i));
        return content;
    }

    private static byte[] Filled(byte octet)
    {
        var octets = new byte[Length - 64];
        octets.AsSpan().Fill(octet);
        return octets;
    }

    private static byte[] Nested(byte tag)
    {
        // Lengths of four octets at every level; which one is redundant does not matter, because the levels end the decode first.
        var octets = new byte[Length];
        for (var i = 0; i + 5 <= octets.Length; i += 5)
        {
            octets[i] = tag;
            octets[i + 1] = 0x83;
            octets[i + 2] = (byte)((octets.Length - i - 5) >> 16);
            octets[i + 3] = (byte)((octets.Length - i - 5) >> 8);
            octets[i + 4] = (byte)(octets.Length - i - 5);
        }

        return octets;
    }

    // Two equal halves at each level: every octet is compared at every level.
    private static byte[] Pairs()
    {
        byte[] pair = [0x05, 0x00];
        while (pair.Length < Length / 2)
        {
            byte[] content = [.. pair, .. pair];
            pair = content.Length < 0x80 ? [0x31, (byte)content.Length, .. content]
                : content.Length < 0x100 ? [0x31, 0x81, (byte)content.Length, .. content]
                : content.Length < 0x10000 ? [0x31, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content]
                : Element(0x31, content);
        }

        return pair;
    }
}
