using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CkiSdk.Asn1;

/// <content>Copying of contents, most of which are short.</content>
public ref partial struct DerWriter
{
    /// <summary>Gives the place of an octet of the buffer. The beginning only moves down from the end of the buffer, and whoever calls has found it to be high enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref byte Octet(int position) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_buffer), (nuint)(uint)position);

    // Most contents are shorter than what it costs to call and to find out how they are best copied. Both ends are copied, which may overlap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(scoped ref byte octets, ref byte room, int length)
    {
        if (length >= Vector128<byte>.Count)
        {
            if (length <= 2 * Vector128<byte>.Count)
                CopyEnds<Vector128<byte>>(ref octets, ref room, length - Vector128<byte>.Count);
            else if (length <= 2 * Vector256<byte>.Count)
                CopyEnds<Vector256<byte>>(ref octets, ref room, length - Vector256<byte>.Count);
            else
                MemoryMarshal.CreateReadOnlySpan(ref octets, length).CopyTo(MemoryMarshal.CreateSpan(ref room, length));
        }
        else if (length >= sizeof(uint))
        {
            if (length >= sizeof(ulong))
                CopyEnds<ulong>(ref octets, ref room, length - sizeof(ulong));
            else
                CopyEnds<uint>(ref octets, ref room, length - sizeof(uint));
        }
        else if (length > 0)
        {
            // The first, the middle and the last one, of which two or three may be the same.
            Unsafe.Add(ref room, (nuint)(uint)length >> 1) = Unsafe.Add(ref octets, (nuint)(uint)length >> 1);
            Unsafe.Add(ref room, (nuint)(uint)length - 1) = Unsafe.Add(ref octets, (nuint)(uint)length - 1);
            room = octets;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyEnds<T>(scoped ref byte octets, ref byte room, int last)
        where T : unmanaged
    {
        var tail = Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref octets, (nuint)(uint)last));
        Unsafe.WriteUnaligned(ref room, Unsafe.ReadUnaligned<T>(ref octets));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref room, (nuint)(uint)last), tail);
    }
}
