using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

using Lanes = System.Runtime.Intrinsics.Vector512<ulong>;
using Vector512 = System.Runtime.Intrinsics.Vector512;

namespace CkiSdk.Crypto.Software;

/// <summary>Multiplies eight pairs of numbers modulo p at once, one pair in each lane of a vector (Montgomery's product); no branch and no address depends on them.</summary>
/// <remarks>
/// A number is as many vectors as it has limbs of 27 bits, the least first. Limbs are short so that the products that meet in a column, at most 608 in the longest group, add up to less
/// than 2^64, and carries are left for the end. With 4p &lt; R, numbers below 2p give numbers below 2p, so that nothing is subtracted.
/// </remarks>
internal static unsafe class LaneMultiplication
{
    /// <summary>The numbers that are multiplied at once.</summary>
    public const int Count = 8;

    /// <summary>The bits of a limb.</summary>
    public const int LimbBits = 27;

    /// <summary>The bits of a limb, all set.</summary>
    public const ulong Mask = (1UL << LimbBits) - 1;

    private const int Rows = 4; // limbs of the left number that are multiplied in one pass

    /// <summary>Gets whether the processor can.</summary>
    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>Gets the limbs of numbers modulo a p of so many bits: whole passes, and 4p &lt; R = 2^(27·limbs).</summary>
    public static int LimbsOf(int bits) => (bits + 2 + (Rows * LimbBits) - 1) / (Rows * LimbBits) * Rows;

    /// <summary>Computes left·right/R mod p, below 2p.</summary>
    /// <param name="result">Where the products go; it may be one of the numbers.</param>
    /// <param name="left">The left numbers, below 2p.</param>
    /// <param name="right">The right numbers, below 2p.</param>
    /// <param name="p">p in each lane.</param>
    /// <param name="sums">Room for one number, which is left with what it came to.</param>
    /// <param name="negativeInverse">−1/p mod 2^27.</param>
    /// <param name="limbs">The limbs of each number, a multiple of 4 and at least 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(Lanes* result, Lanes* left, Lanes* right, Lanes* p, Lanes* sums, uint negativeInverse, int limbs)
    {
        var (mask, inverse) = (Vector512.Create(Mask), Vector512.Create((ulong)negativeInverse));
        for (var limb = 0; limb < limbs; limb++)
            sums[limb] = Lanes.Zero;
        for (var row = 0; row < limbs; row += Rows)
        {
            Lanes a0 = left[row], a1 = left[row + 1], a2 = left[row + 2], a3 = left[row + 3];
            Lanes b0 = right[0], b1 = right[1], b2 = right[2], b3 = right[3];
            Lanes p0 = p[0], p1 = p[1], p2 = p[2], p3 = p[3];

            // The multiples of p that make the four lowest limbs zero.
            var sum = sums[0] + Product(a0, b0);
            var q0 = Product(sum, inverse) & mask;
            sum = sums[1] + ((sum + Product(q0, p0)) >>> LimbBits) + Product(a0, b1) + Product(a1, b0) + Product(q0, p1);
            var q1 = Product(sum, inverse) & mask;
            sum = sums[2] + ((sum + Product(q1, p0)) >>> LimbBits) + Product(a0, b2) + Product(a1, b1) + Product(a2, b0) + Product(q0, p2) + Product(q1, p1);
            var q2 = Product(sum, inverse) & mask;
            sum = sums[3] + ((sum + Product(q2, p0)) >>> LimbBits) + Product(a0, b3) + Product(a1, b2) + Product(a2, b1) + Product(a3, b0) + Product(q0, p3) + Product(q1, p2) + Product(q2, p1);
            var q3 = Product(sum, inverse) & mask;
            sums[4] += (sum + Product(q3, p0)) >>> LimbBits;

            // Each column, moved down by the four limbs that are zero now; b and p go round in four variables.
            var to = sums;
            for (var limb = Rows; limb < limbs; limb += Rows, to += Rows)
            {
                b0 = right[limb];
                p0 = p[limb];
                to[0] = to[4] + Product(a0, b0) + Product(q0, p0) + Product(a1, b3) + Product(q1, p3) + Product(a2, b2) + Product(q2, p2) + Product(a3, b1) + Product(q3, p1);
                b1 = right[limb + 1];
                p1 = p[limb + 1];
                to[1] = to[5] + Product(a0, b1) + Product(q0, p1) + Product(a1, b0) + Product(q1, p0) + Product(a2, b3) + Product(q2, p3) + Product(a3, b2) + Product(q3, p2);
                b2 = right[limb + 2];
                p2 = p[limb + 2];
                to[2] = to[6] + Product(a0, b2) + Product(q0, p2) + Product(a1, b1) + Product(q1, p1) + Product(a2, b0) + Product(q2, p0) + Product(a3, b3) + Product(q3, p3);
                b3 = right[limb + 3];
                p3 = p[limb + 3];
                to[3] = to[7] + Product(a0, b3) + Product(q0, p3) + Product(a1, b2) + Product(q1, p2) + Product(a2, b1) + Product(q2, p1) + Product(a3, b0) + Product(q3, p0);
            }

            to[0] = Product(a1, b3) + Product(q1, p3) + Product(a2, b2) + Product(q2, p2) + Product(a3, b1) + Product(q3, p1);
            to[1] = Product(a2, b3) + Product(q2, p3) + Product(a3, b2) + Product(q3, p2);
            to[2] = Product(a3, b3) + Product(q3, p3);
            to[3] = Lanes.Zero;
        }

        Carry(result, sums, mask, limbs);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(Lanes* result, Lanes* sums, Lanes mask, int limbs)
    {
        var carry = Lanes.Zero;
        for (var limb = 0; limb < limbs; limb++)
        {
            carry += sums[limb];
            result[limb] = carry & mask;
            carry >>>= LimbBits;
        }
    }

    // Of the low halves of each lane.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Product(Lanes left, Lanes right) => Avx512F.Multiply(Vector512.AsUInt32(left), Vector512.AsUInt32(right));
}
