using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CkiSdk.Crypto;

/// <summary>Reduces a secret number by a public modulus in a time that depends on lengths only.</summary>
internal static class ExponentReduction
{
    /// <summary>Computes (value mod modulus) + 1 by shifting in one bit after the other.</summary>
    /// <param name="value">The secret number, big-endian, not shorter than the modulus.</param>
    /// <param name="modulus">The modulus, big-endian without leading zeros; it and the lengths are public, and it has at most <see cref="DhGroup.MaxBits"/> bits.</param>
    /// <param name="result">Where the result goes, big-endian; it must hold the modulus itself.</param>
    public static void Reduce(ReadOnlySpan<byte> value, ReadOnlySpan<byte> modulus, Span<byte> result)
    {
        var count = (modulus.Length / sizeof(ulong)) + 1; // one bit more than the modulus, for the shifted remainder
        Span<ulong> remainder = stackalloc ulong[count];
        Span<ulong> difference = stackalloc ulong[count];
        Span<ulong> limbs = stackalloc ulong[count];
        Load(modulus, limbs);

        // As many leading bits as the modulus has, less one, are smaller than the modulus: they start as the remainder.
        var modulusBits = (modulus.Length * 8) - (BitOperations.LeadingZeroCount(modulus[0]) - 24);
        var bits = value.Length * 8;
        var start = modulusBits - 1;
        var (dropped, shift) = Math.DivRem(bits - start, 8);
        Load(value[..^dropped], remainder);
        ShiftRight(remainder, shift);
        for (var i = start; i < bits; i++)
        {
            ShiftIn(remainder, Bit(value, i));
            SubtractOnce(remainder, difference, limbs);
        }

        Increment(remainder);
        Store(remainder, result);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(remainder));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(difference));
    }

    private static ulong Bit(ReadOnlySpan<byte> value, int index) => (ulong)(value[index / 8] >> (7 - (index % 8))) & 1;

    private static void ShiftIn(Span<ulong> number, ulong bit)
    {
        for (var i = 0; i < number.Length; i++)
        {
            var high = number[i] >> 63;
            number[i] = (number[i] << 1) | bit;
            bit = high;
        }
    }

    private static void ShiftRight(Span<ulong> number, int count)
    {
        ulong high = 0;
        for (var i = number.Length - 1; i >= 0; i--)
        {
            var limb = number[i];
            number[i] = (limb >> count) | (high << 1 << (63 - count)); // count is public, and 0 to 7
            high = limb;
        }
    }

    private static void SubtractOnce(Span<ulong> number, Span<ulong> difference, ReadOnlySpan<ulong> modulus)
    {
        ulong borrow = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var digit = number[i] - modulus[i] - borrow;
            borrow = ((~number[i] & modulus[i]) | (~(number[i] ^ modulus[i]) & digit)) >> 63; // what is borrowed of the next limb
            difference[i] = digit;
        }

        var keep = 0 - borrow; // all ones if the number was smaller
        for (var i = 0; i < number.Length; i++)
            number[i] = (number[i] & keep) | (difference[i] & ~keep);
    }

    private static void Increment(Span<ulong> number)
    {
        ulong carry = 1;
        for (var i = 0; i < number.Length; i++)
        {
            number[i] += carry;
            carry &= ((number[i] | (0 - number[i])) >> 63) ^ 1; // it goes on where the limb became zero
        }
    }

    private static void Load(ReadOnlySpan<byte> octets, Span<ulong> limbs)
    {
        for (var i = 0; i < octets.Length; i++)
            limbs[i / 8] |= (ulong)octets[octets.Length - 1 - i] << (8 * (i % 8));
    }

    private static void Store(ReadOnlySpan<ulong> limbs, Span<byte> octets)
    {
        for (var i = 0; i < octets.Length; i++)
            octets[octets.Length - 1 - i] = (byte)(limbs[i / 8] >> (8 * (i % 8)));
    }
}
