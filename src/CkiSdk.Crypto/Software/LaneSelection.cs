using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

using Lanes = System.Runtime.Intrinsics.Vector512<ulong>;
using Vector512 = System.Runtime.Intrinsics.Vector512;

namespace CkiSdk.Crypto.Software;

/// <summary>Reads an entry of a table for each lane without showing which: the whole table is read, whatever the digits, and the entries are chosen inside of registers.</summary>
internal static unsafe class LaneSelection
{
    private const int OfVector = 16; // limbs of 32 bits
    private const int OfPair = 2 * OfVector;
    private const int BitsOfPair = 5;

    /// <summary>Reads the entries into eight numbers.</summary>
    /// <param name="table">For each limb the limbs of all entries, 32 bits each.</param>
    /// <param name="entries">The number of entries, a multiple of 32.</param>
    /// <param name="limbs">The limbs of an entry.</param>
    /// <param name="digits">The entry that each lane is to get; secret.</param>
    /// <param name="target">Where the numbers go, a vector for each limb.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(uint* table, int entries, int limbs, Lanes digits, Lanes* target)
    {
        var index = Vector512.AsUInt32(digits);
        var pairOf = digits >>> BitsOfPair;
        var low = Vector512.Create((ulong)uint.MaxValue);
        for (var limb = 0; limb < limbs; limb++)
        {
            var (found, pair) = (Lanes.Zero, Lanes.Zero);
            for (var first = 0; first < entries; first += OfPair, table += OfPair)
            {
                // The index takes five bits; the rest of a digit says which 32 entries it means. The high half of each lane is of no use.
                var chosen = Avx512F.PermuteVar16x32x2(Vector512.Load(table), index, Vector512.Load(table + OfVector));
                found |= Vector512.Equals(pairOf, pair) & Vector512.AsUInt64(chosen);
                pair += Lanes.One;
            }

            target[limb] = found & low;
        }
    }
}
