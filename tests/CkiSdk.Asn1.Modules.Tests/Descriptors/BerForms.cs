using System.Buffers.Binary;

namespace CkiSdk.Asn1.Modules.Tests.Descriptors;

/// <summary>Turns DER into another BER encoding of the same value: indefinite and padded lengths, strings in parts, TRUE as any octet.</summary>
internal static class BerForms
{
    /// <summary>Returns another encoding.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> der, Random random)
    {
        var reader = new DerReader(der);
        var ber = new List<byte>();
        while (reader.HasData)
        {
            Write(ber, reader.ReadAny(), random);
        }

        return [.. ber];
    }

    private static void Write(List<byte> ber, AnyValue element, Random random)
    {
        var octets = element.Encoded;
        var header = HeaderLength(octets.Span);
        var content = octets[header..];
        var identifier = octets.Span[..TagLength(octets.Span)];
        if (element.Tag.IsConstructed)
        {
            Constructed(ber, identifier, Of(content, random), random);
        }
        else if (element.Tag.Class == TagClass.Universal && element.Tag.Number is 3 or 4 or 12 or (>= 18 and <= 28) or 30 && random.Next(2) == 0)
        {
            Constructed(ber, [(byte)(identifier[0] | 0x20)], element.Tag == Tag.BitString ? Bits(content) : Parts(content, random), random);
        }
        else
        {
            ber.AddRange(identifier);
            Length(ber, content.Length, random);
            ber.AddRange(element.Tag == Tag.Boolean && content.Span[0] != 0 ? [(byte)random.Next(1, 256)] : content.Span);
        }
    }

    private static void Constructed(List<byte> ber, ReadOnlySpan<byte> identifier, byte[] content, Random random)
    {
        ber.AddRange(identifier);
        if (random.Next(2) == 0)
        {
            Length(ber, content.Length, random);
            ber.AddRange(content);
            return;
        }

        ber.Add(0x80);
        ber.AddRange(content);
        ber.AddRange([0, 0]);
    }

    private static byte[] Parts(ReadOnlyMemory<byte> content, Random random)
    {
        var parts = new List<byte>();
        for (var start = 0; start < content.Length;)
        {
            var length = random.Next(0, content.Length - start + 1);
            parts.Add(4);
            Length(parts, length, random);
            parts.AddRange(content.Slice(start, length).Span);
            start += length;
        }

        return [.. parts];
    }

    // All octets but the last in one part, because only the last part may have unused bits.
    private static byte[] Bits(ReadOnlyMemory<byte> content) => content.Length < 3 || content.Length > 100
        ? [3, .. Short(content.Length), .. content.Span]
        : [3, (byte)(content.Length - 1), 0, .. content.Span[1..^1], 3, 2, content.Span[0], content.Span[^1]];

    private static byte[] Short(int length) => length < 0x80 ? [(byte)length] : [0x84, .. BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(length))];

    private static void Length(List<byte> ber, int length, Random random)
    {
        if (length < 0x80 && random.Next(2) == 0)
        {
            ber.Add((byte)length);
            return;
        }

        ber.Add(0x84);
        ber.AddRange(BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(length)));
    }

    private static int TagLength(ReadOnlySpan<byte> der)
    {
        var length = 1;
        if ((der[0] & 0x1F) == 0x1F)
        {
            while (der[length++] >= 0x80)
            {
            }
        }

        return length;
    }

    private static int HeaderLength(ReadOnlySpan<byte> der)
    {
        var start = TagLength(der);
        return start + 1 + (der[start] >= 0x80 ? der[start] & 0x7F : 0);
    }
}
