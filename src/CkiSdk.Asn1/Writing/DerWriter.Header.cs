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

        WritePair(ref Octet(_start -= 2), tag.Value, length);
    }

    // Identifier and length at once, or any two octets.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WritePair(ref byte room, uint first, int second)
    {
        var header = (ushort)((byte)first | (second << 8));
        Unsafe.WriteUnaligned(ref room, BitConverter.IsLittleEndian ? header : BinaryPrimitives.ReverseEndianness(header));
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
            ref var room = ref Octet(_start -= 3);
            WritePair(ref room, tag.Value, 0x81);
            Unsafe.Add(ref room, 2) = (byte)length;
        }
        else
        {
            ref var room = ref Octet(_start -= 4);
            WritePair(ref room, tag.Value, 0x82);
            WritePair(ref Unsafe.Add(ref room, 2), (uint)length >> 8, length & 0xFF);
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
