using System.Numerics;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Crypto.Tests.Software;

/// <summary>Shows that eight products at once are right for the longest and the fullest numbers, and stay below 2p.</summary>
public sealed unsafe class LaneMultiplicationTests
{
    [Theory]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(2106)]
    [InlineData(3072)]
    [InlineData(8191)]
    [InlineData(8192)]
    public void Multiply_Equals_SchoolArithmetic(int bits)
    {
        Assert.SkipUnless(LaneMultiplication.IsSupported, "This processor has no vectors for it.");
        var top = BigInteger.One << bits;
        foreach (var p in new[] { top - 1, top - 3, (top >> 1) + 1, (top * 2 / 3) | 1, top - (top >> 64) + 1 })
        {
            BigInteger[] left = [0, 1, p - 1, p, p + 1, (2 * p) - 1, (2 * p) - 2, p / 3];
            for (var turn = 0; turn < left.Length; turn++)
                AssertProducts(p, bits, left, [.. left[turn..], .. left[..turn]]);
        }
    }

    [Theory]
    [InlineData(107, 8)]
    [InlineData(214, 8)]
    [InlineData(215, 12)]
    [InlineData(3072, 116)]
    [InlineData(8192, 304)]
    public void LimbsOf_AreWholePasses_AndLeaveRoomForFourTimesP(int bits, int limbs)
    {
        Assert.Equal(limbs, LaneMultiplication.LimbsOf(bits));
        Assert.True(BigInteger.One << (limbs * LaneMultiplication.LimbBits) >= BigInteger.One << (bits + 2));
    }

    private static void AssertProducts(BigInteger p, int bits, BigInteger[] left, BigInteger[] right)
    {
        var limbs = LaneMultiplication.LimbsOf(bits);
        using var memory = LaneMemory.Of(4 * limbs);
        var (a, b) = (0, limbs);
        Put(memory, a, limbs, left);
        Put(memory, b, limbs, right);
        Put(memory, 2 * limbs, limbs, [.. Enumerable.Repeat(p, 8)]);
        var radix = BigInteger.One << LaneMultiplication.LimbBits;
        var inverse = BigInteger.ModPow(p % radix, (radix >> 1) - 1, radix); // the order of each odd number divides 2^26
        var at = memory.Vectors;
        LaneMultiplication.Multiply(at + a, at + a, at + b, at + (2 * limbs), at + (3 * limbs), (uint)(radix - inverse), limbs);
        var r = BigInteger.One << (limbs * LaneMultiplication.LimbBits);
        for (var lane = 0; lane < left.Length; lane++)
        {
            var product = Take(memory, a, limbs, lane);
            Assert.Equal(left[lane] * right[lane] % p, product * r % p);
            Assert.True(product < 2 * p);
        }
    }

    private static void Put(LaneMemory memory, int at, int limbs, BigInteger[] numbers)
    {
        for (var lane = 0; lane < numbers.Length; lane++)
        {
            var cut = LaneNumbers.Cut(numbers[lane], limbs);
            for (var limb = 0; limb < limbs; limb++)
                ((ulong*)(memory.Vectors + at + limb))[lane] = cut[limb];
        }
    }

    private static BigInteger Take(LaneMemory memory, int at, int limbs, int lane)
    {
        var octets = new byte[(limbs * LaneMultiplication.LimbBits / 8) + 1];
        LaneNumbers.Write(memory.Vectors + at, limbs, lane, octets);
        return new BigInteger(octets, isUnsigned: true, isBigEndian: true);
    }
}
