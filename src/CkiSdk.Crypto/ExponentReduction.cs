using System.Numerics;
using System.Runtime.InteropServices;

namespace CkiSdk.Crypto;

/// <summary>Reduces a secret number by a public modulus in a time that depends on lengths only.</summary>
internal static class ExponentReduction
{
    /// <summary>Computes (value mod modulus) + 1 by shifting in one bit after the other.</summary>
    /// <param name="value">The secret number, big-endian, not shorter than the modulus.</param>
    /// <param name="modulus">The modulus, big-endian without leading zeros; it and the lengths are public.</param>
    /// <param name="length">The length of the result in octets, which must hold the modulus itself.</param>
    public static Secret Reduce(Secret value, ReadOnlySpan<byte> modulus, int length)
    {
        var count = (modulus.Length + 4) / 4; // one bit more than the modulus, for the shifted remainder
        using var remainderOctets = new Secret(count * sizeof(uint));
        using var differenceOctets = new Secret(count * sizeof(uint));
        var remainder = MemoryMarshal.Cast<byte, uint>(remainderOctets.Span);
        var difference = MemoryMarshal.Cast<byte, uint>(differenceOctets.Span);
        Span<uint> limbs = new uint[count];
        Load(modulus, limbs);

        // As many leading bits as the modulus has, less one, are smaller than the modulus: they start as the remainder.
        var modulusBits = (modulus.Length * 8) - BitOperations.LeadingZeroCount(modulus[0]) + 24;
        var bits = value.Length * 8;
        var start = modulusBits - 1;
        var (dropped, shift) = Math.DivRem(bits - start, 8);
        Load(value.Span[..^dropped], remainder);
        ShiftRight(remainder, shift);
        for (var i = start; i < bits; i++)
        {
            ShiftIn(remainder, Bit(value.Span, i));
            SubtractOnce(remainder, difference, limbs);
        }

        Increment(remainder);
        return Store(remainder, length);
    }

    private static uint Bit(ReadOnlySpan<byte> value, int index) => (uint)(value[index / 8] >> (7 - (index % 8))) & 1;

    private static void ShiftIn(Span<uint> number, uint bit)
    {
        for (var i = 0; i < number.Length; i++)
        {
            var high = number[i] >> 31;
            number[i] = (number[i] << 1) | bit;
            bit = high;
        }
    }

    private static void ShiftRight(Span<uint> number, int count)
    {
        ulong high = 0;
        for (var i = number.Length - 1; i >= 0; i--)
        {
            high = (high << 32) | number[i];
            number[i] = (uint)(high >> count);
        }
    }

    private static void SubtractOnce(Span<uint> number, Span<uint> difference, ReadOnlySpan<uint> modulus)
    {
        long borrow = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var digit = (long)number[i] - modulus[i] + borrow;
            difference[i] = (uint)digit;
            borrow = digit >> 63; // 0 or −1
        }

        var keep = (uint)borrow; // all ones if the number was smaller
        for (var i = 0; i < number.Length; i++)
            number[i] = (number[i] & keep) | (difference[i] & ~keep);
    }

    private static void Increment(Span<uint> number)
    {
        ulong carry = 1;
        for (var i = 0; i < number.Length; i++)
        {
            carry += number[i];
            number[i] = (uint)carry;
            carry >>= 32;
        }
    }

    private static void Load(ReadOnlySpan<byte> octets, Span<uint> limbs)
    {
        for (var i = 0; i < octets.Length; i++)
            limbs[i / 4] |= (uint)octets[octets.Length - 1 - i] << (8 * (i % 4));
    }

    private static Secret Store(ReadOnlySpan<uint> limbs, int length)
    {
        var result = new Secret(length);
        var octets = result.Span;
        for (var i = 0; i < length; i++)
            octets[length - 1 - i] = (byte)(limbs[i / 4] >> (8 * (i % 4)));
        return result;
    }
}
