using System.Globalization;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Turns the content of primitive elements from any form of BER into that of DER; what has none is left for the rules of DER to refuse.</summary>
internal static class BerContent
{
    /// <summary>Returns the content as DER has it.</summary>
    internal static ReadOnlyMemory<byte> ToDer(TypeDescriptor type, ReadOnlyMemory<byte> content) => type.Kind switch
    {
        TypeKind.Boolean when content.Length == 1 => content.Span[0] == 0 ? content : new byte[] { 0xFF },
        TypeKind.BitString when content.Length > 0 => Bits(type, content),
        TypeKind.Real => RealForms.ToDer(content),
        TypeKind.UtcTime when !TimeText.IsUtc(content.Span) => Utc(content),
        TypeKind.GeneralizedTime when !TimeText.IsGeneralized(content.Span) => Generalized(content),
        _ => content,
    };

    // Unused bits may be set in BER (X.690 8.6.2.4), and named bits have trailing zeros.
    private static ReadOnlyMemory<byte> Bits(TypeDescriptor type, ReadOnlyMemory<byte> content)
    {
        var unused = content.Span[0];
        if (unused > 7 || (unused > 0 && content.Length == 1))
            return content;
        if (unused > 0 && (content.Span[^1] & ((1 << unused) - 1)) != 0)
        {
            var cleared = content.ToArray();
            cleared[^1] &= (byte)(0xFF << unused);
            content = cleared;
        }

        if (type.Names.Count == 0 || type.AdmitsTrailingZeros)
            return content;
        var trimmed = new BitString(content[1..], unused).TrimTrailingZeros();
        return trimmed.Octets.Length + 1 == content.Length && trimmed.UnusedBits == unused
            ? content : (byte[])[(byte)trimmed.UnusedBits, .. trimmed.Octets.Span];
    }

    // YYMMDDhhmm[ss](Z|+hhmm|-hhmm) (X.680 47.3).
    private static ReadOnlyMemory<byte> Utc(ReadOnlyMemory<byte> content)
    {
        var text = Encoding.Latin1.GetString(content.Span);
        if (!TrySplitZone(ref text, out var zone) || text.Length is not (10 or 12) || !TryMoment(text.PadRight(12, '0'), "yyMMddHHmmss", out var moment))
            return content;
        var year = TimeText.UtcYear(int.Parse(text[..2], CultureInfo.InvariantCulture));
        moment = new DateTime(year, moment.Month, 1, moment.Hour, moment.Minute, moment.Second, DateTimeKind.Utc).AddDays(moment.Day - 1);
        return TryShift(ref moment, zone) ? Encoding.ASCII.GetBytes(moment.ToString("yyMMddHHmmss'Z'", CultureInfo.InvariantCulture)) : content;
    }

    // YYYYMMDDhh[mm[ss]][(.|,)f](Z|+hhmm|-hhmm) (X.680 46.2); local time without a zone cannot be DER.
    private static ReadOnlyMemory<byte> Generalized(ReadOnlyMemory<byte> content)
    {
        var text = Encoding.Latin1.GetString(content.Span);
        if (!TrySplitZone(ref text, out var zone))
            return content;
        var point = text.IndexOfAny(['.', ',']);
        var fraction = point < 0 ? "" : text[(point + 1)..];
        text = point < 0 ? text : text[..point];
        if (text.Length is not (10 or 12 or 14) || (point >= 0 && fraction.Length == 0) || fraction.Any(digit => !char.IsAsciiDigit(digit)))
            return content;
        if (!TryMoment(text.PadRight(14, '0'), "yyyyMMddHHmmss", out var moment))
            return content;
        var seconds = fraction.TrimEnd('0');
        if (text.Length < 14 && fraction.Length > 0)
        {
            // A fraction of an hour or a minute, to the tenth of a microsecond.
            if (fraction.Length > 15)
                return content;
            var ticks = decimal.Parse("0." + fraction, CultureInfo.InvariantCulture) * (text.Length == 10 ? TimeSpan.TicksPerHour : TimeSpan.TicksPerMinute);
            moment = moment.AddTicks((long)ticks);
            seconds = moment.ToString("fffffff", CultureInfo.InvariantCulture).TrimEnd('0');
        }

        return TryShift(ref moment, zone)
            ? Encoding.ASCII.GetBytes(moment.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + (seconds.Length > 0 ? "." + seconds : "") + "Z")
            : content;
    }

    private static bool TrySplitZone(ref string text, out TimeSpan zone)
    {
        zone = TimeSpan.Zero;
        if (text.EndsWith('Z'))
        {
            text = text[..^1];
            return true;
        }

        var sign = text.LastIndexOfAny(['+', '-']);
        if (sign < 0)
            return false;
        var digits = text[(sign + 1)..];
        if (digits.Length is not (2 or 4) || !digits.All(char.IsAsciiDigit))
            return false;
        var minutes = (60 * int.Parse(digits[..2], CultureInfo.InvariantCulture)) + (digits.Length == 4 ? int.Parse(digits[2..], CultureInfo.InvariantCulture) : 0);
        zone = TimeSpan.FromMinutes(text[sign] == '-' ? -minutes : minutes);
        text = text[..sign];
        return true;
    }

    private static bool TryMoment(string text, string format, out DateTime moment) => DateTime.TryParseExact(
        text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);

    private static bool TryShift(ref DateTime moment, TimeSpan zone)
    {
        var ticks = moment.Ticks - zone.Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return false;
        moment = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }
}
