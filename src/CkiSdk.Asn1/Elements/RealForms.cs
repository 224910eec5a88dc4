using System.Globalization;
using System.Numerics;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Turns the forms that BER has for REAL into the one of DER (X.690 8.5, 11.3).</summary>
internal static class RealForms
{
    // Reading decimal digits takes more than linear time.
    private const int LongestText = 10_000;

    /// <summary>Returns the content as DER has it; the same where it is none.</summary>
    internal static ReadOnlyMemory<byte> ToDer(ReadOnlyMemory<byte> content)
    {
        var octets = content.Span;
        if (RealContent.IsValid(octets))
            return content;
        return (octets[0] >= RealContent.Binary ? Binary(octets) : Decimal(octets)) ?? content;
    }

    /// <summary>Returns the content of a number.</summary>
    internal static byte[] Written(double value)
    {
        Span<byte> content = stackalloc byte[RealContent.MaxLength];
        return content[..RealContent.Write(value, content)].ToArray();
    }

    // Sign, base 2, 8 or 16, scale, exponent of one to three octets or with a length, mantissa (X.690 8.5.7).
    private static byte[]? Binary(ReadOnlySpan<byte> octets)
    {
        var shift = ((octets[0] >> 4) & 3) switch { 0 => 1, 1 => 3, 2 => 4, _ => 0 };
        var scale = (octets[0] >> 2) & 3;
        var length = (octets[0] & 3) + 1;
        var start = 1;
        if (length == 4)
            length = octets.Length > 1 ? octets[start++] : 0;
        if (shift == 0 || length == 0 || octets.Length <= start + length)
            return null;
        var exponent = new BigInteger(octets.Slice(start, length), isBigEndian: true);
        var mantissa = new BigInteger(octets[(start + length)..], isUnsigned: true, isBigEndian: true);
        if (mantissa.IsZero)
            return null;
        exponent = (exponent * shift) + scale;
        return exponent.GetByteCount() > 250 ? null : RealContent.OfBinary((octets[0] & 0x40) == 0 ? mantissa : -mantissa, exponent);
    }

    // ISO 6093 NR1, NR2, NR3 (X.690 8.5.8): blanks, sign, digits with a point or comma, and an exponent.
    private static byte[]? Decimal(ReadOnlySpan<byte> octets)
    {
        if (octets[0] is not (1 or 2 or 3) || octets.Length > LongestText)
            return null;
        var text = Encoding.Latin1.GetString(octets[1..]).Trim(' ').Replace(',', '.');
        return OfText(text);
    }

    /// <summary>Returns the decimal content of a number such as -12.5E3; null where it is none.</summary>
    internal static byte[]? OfText(string text)
    {
        var mark = text.AsSpan().IndexOfAny('E', 'e');
        var number = mark < 0 ? text : text[..mark];
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? number : number.Remove(point, 1);
        if (text.Length > LongestText || !char.IsAsciiDigit(digits.LastOrDefault())
            || !BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var mantissa))
            return null;
        var exponent = BigInteger.Zero;
        if (mark >= 0 && !BigInteger.TryParse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return null;
        return RealContent.OfDecimal(mantissa, exponent - (point < 0 ? 0 : number.Length - point - 1));
    }
}
