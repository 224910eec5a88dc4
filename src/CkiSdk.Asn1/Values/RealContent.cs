using System.Globalization;
using System.Numerics;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Knows the content octets of REAL: zero, the special values, base 2, and decimal text (X.690 8.5, 11.3).</summary>
internal static class RealContent
{
    /// <summary>The most octets that a double takes: one that announces, two of exponent, seven of mantissa.</summary>
    internal const int MaxLength = 10;

    /// <summary>Announces base 2.</summary>
    internal const byte Binary = 0x80;

    /// <summary>Announces text in the form NR3 of ISO 6093.</summary>
    internal const byte Decimal = 0x03;

    /// <summary>The one octet of minus zero.</summary>
    internal const byte MinusZero = 0x43;

    private const byte Negative = 0x40;
    private const byte PlusInfinity = 0x40;
    private const byte MinusInfinity = 0x41;
    private const byte NotANumber = 0x42;

    // Base and scaling factor, which DER leaves at 2 and 0 (X.690 11.3.1).
    private const byte BaseAndScale = 0x3C;
    private const byte ExponentLength = 0x03;

    /// <summary>Tells whether the octets are the DER of some number: there is one for each.</summary>
    internal static bool IsValid(ReadOnlySpan<byte> content) => content switch
    {
        [] or [PlusInfinity or MinusInfinity or NotANumber or MinusZero] => true,
        [>= Binary, ..] => IsBinary(content),
        [Decimal, .. var text] => IsText(text),
        _ => false,
    };

    /// <summary>Writes the content of a double and gives its length.</summary>
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
        content[length++] = (byte)(Binary | (value < 0 ? Negative : 0) | (wide ? 1 : 0));
        if (wide)
            content[length++] = (byte)(exponent >> 8);
        content[length++] = (byte)exponent;
        for (var shift = (63 - BitOperations.LeadingZeroCount(mantissa)) / 8 * 8; shift >= 0; shift -= 8)
            content[length++] = (byte)(mantissa >> shift);
        return length;
    }

    /// <summary>Gives the content of mantissa · 2^exponent.</summary>
    internal static byte[] OfBinary(BigInteger mantissa, BigInteger exponent)
    {
        if (mantissa.IsZero)
            return [];
        var zeros = (int)BigInteger.TrailingZeroCount(mantissa);
        exponent += zeros;
        var exponents = exponent.ToByteArray(isBigEndian: true);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exponents.Length, 255, nameof(exponent));
        var first = (byte)(Binary | (mantissa.Sign < 0 ? Negative : 0) | Math.Min(exponents.Length - 1, ExponentLength));
        var magnitude = BigInteger.Abs(mantissa >> zeros).ToByteArray(isUnsigned: true, isBigEndian: true);
        return exponents.Length > 3 ? [first, (byte)exponents.Length, .. exponents, .. magnitude] : [first, .. exponents, .. magnitude];
    }

    /// <summary>Gives the content of mantissa · 10^exponent.</summary>
    internal static byte[] OfDecimal(BigInteger mantissa, BigInteger exponent)
    {
        if (mantissa.IsZero)
            return [];
        var digits = mantissa.ToString(CultureInfo.InvariantCulture);
        var kept = digits.TrimEnd('0');
        exponent += digits.Length - kept.Length;
        return [Decimal, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kept}.E{(exponent.IsZero ? "+" : string.Empty)}{exponent}"))];
    }

    /// <summary>Gives mantissa and exponent of content that was checked; zero for what has none.</summary>
    internal static (BigInteger Mantissa, BigInteger Exponent) Parts(ReadOnlySpan<byte> content)
    {
        if (content is [Decimal, .. var text])
        {
            var point = text.IndexOf((byte)'.');
            return (Number(text[..point]), Number(text[(point + 2)..]));
        }

        if (content is not [>= Binary, ..])
            return default;
        Exponent(content, out var start, out var length);
        var magnitude = new BigInteger(content[(start + length)..], isUnsigned: true, isBigEndian: true);
        return ((content[0] & Negative) == 0 ? magnitude : -magnitude, new BigInteger(content.Slice(start, length), isBigEndian: true));
    }

    /// <summary>Gives the nearest double of content that was checked.</summary>
    internal static double ToDouble(ReadOnlySpan<byte> content)
    {
        switch (content)
        {
            case []: return 0;
            case [PlusInfinity]: return double.PositiveInfinity;
            case [MinusInfinity]: return double.NegativeInfinity;
            case [NotANumber]: return double.NaN;
            case [MinusZero]: return double.NegativeZero;
            case [Decimal, .. var text]:
                var point = text.IndexOf((byte)'.');
                return double.Parse($"{Encoding.ASCII.GetString(text[..point])}{Encoding.ASCII.GetString(text[(point + 1)..])}", NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        var (mantissa, exponent) = Parts(content);
        var magnitude = BigInteger.Abs(mantissa);

        // What does not fit is cut, and a bit that stands for the rest makes the conversion round right.
        var cut = (int)Math.Max(0, magnitude.GetBitLength() - 62);
        var kept = (ulong)(magnitude >> cut) | (cut > 0 ? 1UL : 0);
        var power = BigInteger.Min(BigInteger.Max(exponent + cut, -5000), 5000);
        var value = Math.ScaleB((double)kept, (int)power);
        return mantissa.Sign < 0 ? -value : value;
    }

    /// <summary>Tells whether a finite double is exactly mantissa · 10^exponent.</summary>
    internal static bool IsSame(double value, BigInteger mantissa, BigInteger exponent)
    {
        Span<byte> content = stackalloc byte[MaxLength];
        var (binary, power) = Parts(content[..Write(value, content)]);

        // No double needs a power of ten beyond these.
        if (BigInteger.Abs(exponent) > 1100)
            return false;
        var (left, right) = (binary, mantissa);
        (left, right) = power.Sign >= 0 ? (left << (int)power, right) : (left, right << (int)-power);
        var tens = BigInteger.Pow(10, (int)BigInteger.Abs(exponent));
        return exponent.Sign >= 0 ? left == right * tens : left * tens == right;
    }

    private static BigInteger Number(ReadOnlySpan<byte> text) => BigInteger.Parse(Encoding.ASCII.GetString(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static int WriteSpecial(double value, Span<byte> content)
    {
        if (value == 0 && !double.IsNegative(value))
            return 0;
        content[0] = value == 0 ? MinusZero : double.IsNaN(value) ? NotANumber : value > 0 ? PlusInfinity : MinusInfinity;
        return 1;
    }

    // X.690 8.5.7.4: one to three octets, or a length of its own.
    private static void Exponent(ReadOnlySpan<byte> content, out int start, out int length)
    {
        var code = content[0] & ExponentLength;
        (start, length) = code < ExponentLength ? (1, code + 1) : (2, content.Length > 1 ? content[1] : 0);
    }

    // Base 2, odd mantissa, each part in the fewest octets (X.690 11.3.1).
    private static bool IsBinary(ReadOnlySpan<byte> content)
    {
        Exponent(content, out var start, out var length);
        if ((content[0] & BaseAndScale) != 0 || (start == 2 && length < 4) || content.Length <= start + length)
            return false;
        var exponent = content.Slice(start, length);
        var isShortest = length == 1 || !((exponent[0] == 0 && exponent[1] < 0x80) || (exponent[0] == 0xFF && exponent[1] >= 0x80));
        return isShortest && content[start + length] != 0 && (content[^1] & 1) == 1;
    }

    // A sign, digits that neither begin nor end with 0, a point, E, and +0 or an exponent that does not begin with 0 (X.690 11.3.2).
    private static bool IsText(ReadOnlySpan<byte> text)
    {
        var point = text.IndexOf(".E"u8);
        if (point < 0)
            return false;
        var mantissa = text[(text[0] == '-' ? 1 : 0)..point];
        var exponent = text[(point + 2)..];
        return IsNumber(mantissa) && mantissa[^1] != '0'
            && (exponent.SequenceEqual("+0"u8) || IsNumber(exponent[(!exponent.IsEmpty && exponent[0] == '-' ? 1 : 0)..]));
    }

    private static bool IsNumber(ReadOnlySpan<byte> digits) =>
        !digits.IsEmpty && digits[0] != '0' && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
