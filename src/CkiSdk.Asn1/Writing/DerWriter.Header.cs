using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace CkiSdk.Asn1;

/// <content>Identifier and length octets (X.690 8.1.2, 8.1.3, 10.1).</content>
public ref partial struct DerWriter
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Header(Tag tag, int length)
    {
        if (length >= 0x80 || _start < 2 || tag.IsHighForm)
        {
            LongHeader(tag, length);
            return;
        }

        WriteHeader(_start -= 2, tag.Value, length);
    }

    // Both octets at once, in front of what was written. The beginning only moves down from the end of the buffer, and whoever calls has found it to be high enough.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void WriteHeader(int start, uint identifier, int length)
    {
        var header = (ushort)((byte)identifier | (length << 8));
        Unsafe.WriteUnaligned(ref Octet(start), BitConverter.IsLittleEndian ? header : BinaryPrimitives.ReverseEndianness(header));
    }

    // A length of one or two octets more (X.690 8.1.3.5), which is what nearly all long headers have.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LongHeader(Tag tag, int length)
    {
        if (length is < 0x80 or > 0xFFFF || _start < 4 || tag.IsHighForm)
        {
            if (IsCounting)
                Count(HeaderLength(tag, length));
            else
                LongestHeader(tag, length);
            return;
        }

        if (length < 0x100)
        {
            var header = _buffer.Slice(_start -= 3, 3);
            header[2] = (byte)length;
            header[1] = 0x81;
            header[0] = (byte)tag.Value;
        }
        else
        {
            var header = _buffer.Slice(_start -= 4, 4);
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)length);
            header[1] = 0x82;
            header[0] = (byte)tag.Value;
        }
    }

    private static int HeaderLength(Tag tag, int length)
    {
        var octets = 2;
        for (var rest = length; length >= 0x80 && rest != 0; rest >>= 8)
            octets++;
        for (var rest = tag.Number; tag.IsHighForm && rest != 0; rest >>= 7)
            octets++;
        return octets;
    }

    // The long form of either half (X.690 8.1.2.4, 8.1.3.5), each in as few octets as it takes (10.1).
    private void LongestHeader(Tag tag, int length)
    {
        Span<byte> header = stackalloc byte[10];
        var start = header.Length;
        for (var rest = length; length >= 0x80 && rest != 0; rest >>= 8)
            header[--start] = (byte)rest;
        header[--start] = (byte)(length < 0x80 ? length : 0x80 | (header.Length - 1 - start));
        if (tag.IsHighForm)
        {
            var last = start - 1;
            for (var rest = tag.Number; rest != 0; rest >>= 7)
                header[--start] = (byte)((rest & 0x7F) | (start == last ? 0 : 0x80));
        }

        header[--start] = (byte)tag.Value;
        WriteRaw(header[start..]);
    }
}
