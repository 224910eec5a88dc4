using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace CkiSdk.Crypto.Software;

/// <summary>Cuts public numbers into limbs of 27 bits, and puts them together again.</summary>
internal static unsafe class LaneNumbers
{
    /// <summary>Cuts a number into limbs, the least first.</summary>
    /// <param name="number">The number, not negative.</param>
    /// <param name="limbs">How many there are; the number has no more.</param>
    public static uint[] Cut(BigInteger number, int limbs)
    {
        Span<byte> octets = stackalloc byte[(limbs * LaneMultiplication.LimbBits / 8) + sizeof(ulong) + 1];
        octets.Clear();
        number.TryWriteBytes(octets, out _, isUnsigned: true);
        var cut = new uint[limbs];
        for (var limb = 0; limb < limbs; limb++)
        {
            var bit = limb * LaneMultiplication.LimbBits;
            cut[limb] = (uint)((BinaryPrimitives.ReadUInt64LittleEndian(octets[(bit / 8)..]) >> (bit % 8)) & LaneMultiplication.Mask);
        }

        return cut;
    }

    /// <summary>Writes the number in a lane, which has no more octets than the destination, big-endian.</summary>
    /// <param name="numbers">Eight numbers, a vector for each limb.</param>
    /// <param name="limbs">The limbs of each.</param>
    /// <param name="lane">Which one is meant.</param>
    /// <param name="destination">Where it goes, padded on the left.</param>
    public static void Write(Vector512<ulong>* numbers, int limbs, int lane, Span<byte> destination)
    {
        var (bits, held, limb) = (0UL, 0, 0);
        for (var at = destination.Length - 1; at >= 0; at--)
        {
            if (held < 8 && limb < limbs)
            {
                bits |= ((ulong*)(numbers + limb++))[lane] << held;
                held += LaneMultiplication.LimbBits;
            }

            destination[at] = (byte)bits;
            bits >>= 8;
            held -= 8;
        }
    }
}
