using System.Numerics;
using System.Runtime.Intrinsics;

namespace CkiSdk.Crypto.Software;

/// <summary>Raises a group's generator to eight secret exponents at once by the comb of Lim and Lee, each in a lane of the processor's vectors, in constant time.</summary>
/// <remarks>The same comb as <see cref="FixedBaseComb"/>, whose values the first ones are compared with; an entry may be 1, because no lane is faster than another.</remarks>
internal sealed unsafe class LaneComb
{
    private readonly CombShape _shape;
    private readonly LaneMemory _table; // for each block and limb the limbs of all entries, 32 bits each
    private readonly LaneMemory _p;
    private readonly uint _negativeInverse;
    private readonly int _limbs;

    /// <summary>Makes the tables.</summary>
    public LaneComb(DhGroup group)
    {
        _shape = CombShape.For(group);
        _limbs = LaneMultiplication.LimbsOf(group.Bits);
        _table = LaneMemory.Of(_shape.Blocks * _limbs * _shape.Entries / (2 * LaneMultiplication.Count));
        _p = LaneMemory.Of(_limbs);
        var p = new BigInteger(group.P.Span, isUnsigned: true, isBigEndian: true);
        var limbs = LaneNumbers.Cut(p, _limbs);
        for (var limb = 0; limb < _limbs; limb++)
            _p.Vectors[limb] = Vector512.Create((ulong)limbs[limb]);
        _negativeInverse = NegativeInverse(limbs[0]);
        Fill(new BigInteger(group.G.Span, isUnsigned: true, isBigEndian: true), p);
    }

    /// <summary>Computes g^x mod p for each exponent.</summary>
    /// <param name="exponents">One to eight exponents, one after the other, big-endian and all as long as those of the group.</param>
    /// <param name="length">The length of each.</param>
    /// <param name="values">Where the values go, each as long as p.</param>
    public void Powers(ReadOnlySpan<byte> exponents, int length, ReadOnlySpan<byte[]> values)
    {
        using var memory = LaneMemory.Of((3 * _limbs) + 1);
        var result = memory.Vectors;
        var entry = result + _limbs;
        var sums = entry + _limbs;
        var digits = sums + _limbs;
        for (var column = _shape.Width - 1; column >= 0; column--)
        {
            var isFirst = column == _shape.Width - 1;
            if (!isFirst)
                Multiply(result, result, sums);
            for (var block = 0; block < _shape.Blocks; block++)
            {
                var target = isFirst && block == 0 ? result : entry;
                Digits(exponents, length, block, column, (ulong*)digits);
                LaneSelection.Read(TableOf(block), _shape.Entries, _limbs, *digits, target);
                if (target == entry)
                    Multiply(result, entry, sums);
            }
        }

        // A product with 1 takes R out, and is below p.
        for (var limb = 0; limb < _limbs; limb++)
            entry[limb] = limb == 0 ? Vector512<ulong>.One : Vector512<ulong>.Zero;
        Multiply(result, entry, sums);
        for (var lane = 0; lane < values.Length; lane++)
            LaneNumbers.Write(result, _limbs, lane, values[lane]);
        GC.KeepAlive(this); // with it the tables, which were read by their addresses
    }

    private void Multiply(Vector512<ulong>* result, Vector512<ulong>* right, Vector512<ulong>* sums) =>
        LaneMultiplication.Multiply(result, result, right, _p.Vectors, sums, _negativeInverse, _limbs);

    private uint* TableOf(int block) => (uint*)_table.Vectors + (block * _limbs * _shape.Entries);

    // Lanes without an exponent get the first entry, 1.
    private void Digits(ReadOnlySpan<byte> exponents, int length, int block, int column, ulong* digits)
    {
        for (var lane = 0; lane < LaneMultiplication.Count; lane++)
            digits[lane] = lane * length < exponents.Length ? (ulong)_shape.Digit(exponents.Slice(lane * length, length), block, column) : 0;
    }

    private void Fill(BigInteger g, BigInteger p)
    {
        var r = BigInteger.One << (_limbs * LaneMultiplication.LimbBits);
        var powers = new BigInteger[((_shape.Rows - 1) * _shape.RowLength) + (_shape.Blocks * _shape.Width)]; // g^(2^i)
        powers[0] = g;
        for (var bit = 1; bit < powers.Length; bit++)
            powers[bit] = powers[bit - 1] * powers[bit - 1] % p;
        for (var block = 0; block < _shape.Blocks; block++)
        {
            var entries = new BigInteger[_shape.Entries];
            entries[0] = r % p;
            for (var value = 1; value < entries.Length; value++)
            {
                var highest = BitOperations.Log2((uint)value);
                entries[value] = entries[value ^ (1 << highest)] * powers[(highest * _shape.RowLength) + (block * _shape.Width)] % p;
            }

            for (var value = 0; value < entries.Length; value++)
                Store(TableOf(block) + value, entries[value]);
        }
    }

    private void Store(uint* first, BigInteger number)
    {
        var limbs = LaneNumbers.Cut(number, _limbs);
        for (var limb = 0; limb < limbs.Length; limb++)
            first[limb * _shape.Entries] = limbs[limb];
    }

    // By Newton's steps, each of which doubles the bits that are right; an odd number is its own inverse modulo 8.
    private static uint NegativeInverse(uint odd)
    {
        var inverse = odd;
        for (var bits = 3; bits < LaneMultiplication.LimbBits; bits *= 2)
            inverse *= 2 - (odd * inverse);
        return (0 - inverse) & (uint)LaneMultiplication.Mask;
    }
}
