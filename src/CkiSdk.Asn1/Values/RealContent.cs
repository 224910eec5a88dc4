using System.Numerics;

namespace CkiSdk.Asn1;

/// <summary>Turns a double into the content octets of a REAL and back: zero, the special values and base 2 (X.690 8.5, 11.3.1).</summary>
internal static class RealContent
{
    /// <summary>The most octets that a double takes: one that announces, two of exponent, seven of mantissa.</summary>
    internal const int MaxLength = 10;

    private const byte Binary = 0x80;
    private const byte Negative = 0x40;
    private const byte TwoOctetExponent = 0x01;
    private const byte PlusInfinity = 0x40;
    private const byte MinusInfinity = 0x41;
    private const byte NotANumber = 0x42;
    private const byte MinusZero = 0x43;

    /// <summary>Reads content that is exactly what <see cref="Write"/> gives for some double.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> content, out double value)
    {
        value = 0;
        if (content.Length > MaxLength)
            return false;
        value = content switch
        {
            [] => 0,
            [PlusInfinity] => double.PositiveInfinity,
            [MinusInfinity] => double.NegativeInfinity,
            [NotANumber] => double.NaN,
            [MinusZero] => double.NegativeZero,
            [>= Binary, _, _, ..] => ReadBinary(content),
            _ => double.Epsilon,
        };

        // There is one DER for each double: comparing enforces all rules of minimality at once, and that the double is exact.
        Span<byte> canonical = stackalloc byte[MaxLength];
        return content.SequenceEqual(canonical[..Write(value, canonical)]);
    }

    /// <summary>Reads content that was checked.</summary>
    internal static double Read(ReadOnlySpan<byte> content) => TryRead(content, out var value) ? value : double.NaN;

    /// <summary>Writes the content and gives its length.</summary>
    internal static int Write(double value, Span<byte> content)
    {
        if (value == 0 || !double.IsFinite(value))
            return WriteSpecial(value, content);
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var mantissa = bits & ((1UL << 52) - 1);
        var exponent = (int)((bits >> 52) & 0x7FF);
        if (exponent == 0)
            exponent = 1;
        else
            mantissa |= 1UL << 52;
        var zeros = BitOperations.TrailingZeroCount(mantissa);
        mantissa >>= zeros;
        exponent += zeros - 1075;

        var length = 0;
        var wide = exponent is < sbyte.MinValue or > sbyte.MaxValue;
        content[length++] = (byte)(Binary | (value < 0 ? Negative : 0) | (wide ? TwoOctetExponent : 0));
        if (wide)
            content[length++] = (byte)(exponent >> 8);
        content[length++] = (byte)exponent;
        for (var shift = (63 - BitOperations.LeadingZeroCount(mantissa)) / 8 * 8; shift >= 0; shift -= 8)
            content[length++] = (byte)(mantissa >> shift);
        return length;
    }

    private static int WriteSpecial(double value, Span<byte> content)
    {
        if (value == 0 && !double.IsNegative(value))
            return 0;
        content[0] = value == 0 ? MinusZero : double.IsNaN(value) ? NotANumber : value > 0 ? PlusInfinity : MinusInfinity;
        return 1;
    }

    // Base 2, scale 0, an exponent of one or two octets; anything else gives a number that is not written like this.
    private static double ReadBinary(ReadOnlySpan<byte> content)
    {
        var wide = content[0] & TwoOctetExponent;
        var exponent = wide == 0 ? (sbyte)content[1] : (short)((content[1] << 8) | content[2]);
        var mantissa = 0UL;
        foreach (var octet in content[(2 + wide)..])
            mantissa = (mantissa << 8) | octet;
        var magnitude = Math.ScaleB((double)mantissa, exponent);
        return (content[0] & Negative) == 0 ? magnitude : -magnitude;
    }
}
