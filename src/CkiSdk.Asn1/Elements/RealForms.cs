using System.Globalization;
using System.Numerics;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Turns the forms that BER has for REAL into the one of DER (X.690 8.5, 11.3).</summary>
internal static class RealForms
{
    private const int LongestForm = 64;

    /// <summary>Returns the content as DER has it; the same where it has none, or where no double holds the number.</summary>
    internal static ReadOnlyMemory<byte> ToDer(ReadOnlyMemory<byte> content)
    {
        var octets = content.Span;
        if (octets.IsEmpty || octets.Length > LongestForm || RealContent.TryRead(octets, out _))
            return content;
        return (octets[0] >= 0x80 ? Binary(octets) : Decimal(octets)) is { } value ? Written(value) : content;
    }

    /// <summary>Returns the content of a number.</summary>
    internal static byte[] Written(double value)
    {
        Span<byte> content = stackalloc byte[RealContent.MaxLength];
        return content[..RealContent.Write(value, content)].ToArray();
    }

    // Sign, base 2, 8 or 16, scale, exponent of one to three octets or with a length, mantissa (X.690 8.5.7).
    private static double? Binary(ReadOnlySpan<byte> octets)
    {
        var shift = ((octets[0] >> 4) & 3) switch { 0 => 1, 1 => 3, 2 => 4, _ => 0 };
        var scale = (octets[0] >> 2) & 3;
        var length = (octets[0] & 3) + 1;
        var start = 1;
        if (length == 4)
            length = octets.Length > 1 ? octets[start++] : 0;
        if (shift == 0 || length is < 1 or > 4 || octets.Length <= start + length)
            return null;
        long exponent = (sbyte)octets[start];
        foreach (var octet in octets[(start + 1)..(start + length)])
            exponent = (exponent << 8) | octet;
        var mantissa = new BigInteger(octets[(start + length)..], isUnsigned: true, isBigEndian: true);
        if (mantissa.IsZero)
            return null;
        exponent = (exponent * shift) + scale;
        var zeros = (int)BigInteger.TrailingZeroCount(mantissa);
        mantissa >>= zeros;
        exponent += zeros;
        if (mantissa >= BigInteger.One << 53 || exponent is < -1074 or > 1023)
            return null;
        var magnitude = Math.ScaleB((double)mantissa, (int)exponent);
        return double.IsFinite(magnitude) && magnitude != 0 ? (octets[0] & 0x40) == 0 ? magnitude : -magnitude : null;
    }

    // ISO 6093 NR1, NR2, NR3 (X.690 8.5.8): kept only where the double is the number itself.
    private static double? Decimal(ReadOnlySpan<byte> octets)
    {
        if (octets[0] is not (1 or 2 or 3))
            return null;
        var text = Encoding.Latin1.GetString(octets[1..]).Trim(' ').Replace(',', '.');
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            && value == Math.Truncate(value) && Math.Abs(value) < 1L << 53 ? value : null;
    }
}
