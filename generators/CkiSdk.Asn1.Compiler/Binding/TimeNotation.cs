using System.Globalization;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Knows the time types: which texts they hold, and what DER makes of one (X.680 38, 46, 47, X.690 8.25, 8.26, 11.7, 11.8).</summary>
internal static class TimeNotation
{
    /// <summary>Says whether a builtin type is a time.</summary>
    public static bool Knows(string type) => type is "UTCTime" or "GeneralizedTime" or "TIME" or "DATE" or "TIME-OF-DAY" or "DATE-TIME" or "DURATION";

    /// <summary>Says what a text should be and is not; null where it is right.</summary>
    public static string? Fault(string type, string text) => type switch
    {
        "UTCTime" => Der(type, text) is null ? "YYMMDDhhmm[ss] and Z or the difference to UTC" : null,
        "GeneralizedTime" => Der(type, text) is null ? "YYYYMMDDhh[mm[ss]][.f] and Z or the difference to UTC" : null,
        "DATE" => TimeGrammar.IsDate(text) ? null : "YYYY-MM-DD",
        "TIME-OF-DAY" => TimeGrammar.IsTimeOfDay(text) ? null : "HH:MM:SS",
        "DATE-TIME" => TimeGrammar.IsDateTime(text) ? null : "YYYY-MM-DDTHH:MM:SS",
        "DURATION" => TimeGrammar.IsDuration(text) ? null : "P, then numbers with Y, M, W, D, and behind T with H, M, S",
        _ => TimeGrammar.IsTime(text) ? null : "a date, time or interval of ISO 8601 in extended format",
    };

    /// <summary>Says whether a text lacks nothing but what DER needs: the difference to UTC (X.680 46.3, local time), or minutes.</summary>
    public static bool IsLoose(string type, string text)
    {
        var zone = text.IndexOfAny(['Z', '+', '-']);
        var whole = text.Substring(0, text.IndexOfAny(['Z', '+', '-', '.', ',']) is >= 0 and var end ? end : text.Length);
        return whole.All(c => c is >= '0' and <= '9') && type switch
        {
            "GeneralizedTime" => zone < 0 && whole.Length is 10 or 12 or 14,
            "UTCTime" => (zone < 0 && whole.Length is 10 or 12) || (zone == 8 && whole.Length == 8),
            _ => false,
        };
    }

    /// <summary>Returns the text that the contents octets hold; null where there is none.</summary>
    public static string? Der(string type, string text) => type switch
    {
        "UTCTime" => text.Length is 11 or 13 or 15 or 17 && Digits(text, 2) is { } year ? Utc((year >= 50 ? "19" : "20") + text, isUtcTime: true)?.Substring(2) : null,
        "GeneralizedTime" => text.Length >= 11 ? Utc(text, isUtcTime: false) : null,
        "DATE" => text.Replace("-", string.Empty),
        "TIME-OF-DAY" => text.Replace(":", string.Empty),
        "DATE-TIME" => text.Replace("-", string.Empty).Replace(":", string.Empty).Replace("T", string.Empty),
        "DURATION" => text.Substring(1).Replace(',', '.'),
        _ => IsoTimeForm.Canonical(text),
    };

    private static int? Digits(string text, int count) =>
        text.Length >= count && text.Take(count).All(c => c is >= '0' and <= '9') ? int.Parse(text.Substring(0, count), CultureInfo.InvariantCulture) : null;

    /// <summary>Turns YYYYMMDDhh[mm[ss]][.f](Z|±hh[mm]) into the time in UTC with seconds and without trailing zeros of the fraction.</summary>
    private static string? Utc(string text, bool isUtcTime)
    {
        var zone = text.IndexOfAny(['Z', '+', '-']);
        if (zone < 0 || Offset(text.Substring(zone), isUtcTime) is not { } offset)
        {
            return null;
        }

        var point = text.IndexOfAny(['.', ',']);
        var end = point >= 0 && point < zone ? point : zone;
        var fraction = end < zone ? text.Substring(end + 1, zone - end - 1) : null;
        if (end is not (10 or 12 or 14) || text.Take(end).Any(c => c is < '0' or > '9') || (isUtcTime && (end == 10 || fraction is not null)))
        {
            return null;
        }

        var whole = text.Substring(0, end).PadRight(14, '0');
        if (!DateTime.TryParseExact(whole, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            || Ticks(fraction, end) is not { } ticks || !InRange(time, offset))
        {
            return null;
        }

        time = time.AddTicks(ticks) - offset;
        return time.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + Fraction(fraction, end, time) + "Z";
    }

    private static bool InRange(DateTime time, TimeSpan offset) =>
        time.Ticks - offset.Ticks >= 0 && time.Ticks - offset.Ticks + TimeSpan.TicksPerHour <= DateTime.MaxValue.Ticks;

    /// <summary>A fraction of seconds is kept digit by digit, one of hours or minutes becomes minutes and seconds.</summary>
    private static long? Ticks(string? fraction, int end)
    {
        if (fraction is null)
        {
            return 0;
        }

        if (fraction.Length == 0 || fraction.Any(c => c is < '0' or > '9') || (end < 14 && fraction.Length > 9))
        {
            return null;
        }

        var unit = end == 10 ? TimeSpan.TicksPerHour : TimeSpan.TicksPerMinute;
        return end == 14 ? 0 : (long)(decimal.Parse("0." + fraction, CultureInfo.InvariantCulture) * unit);
    }

    private static string Fraction(string? fraction, int end, DateTime time)
    {
        var digits = (end == 14 ? fraction ?? string.Empty : time.ToString("fffffff", CultureInfo.InvariantCulture)).TrimEnd('0');
        return digits.Length == 0 ? string.Empty : "." + digits;
    }

    private static TimeSpan? Offset(string zone, bool isUtcTime)
    {
        if (zone == "Z")
        {
            return TimeSpan.Zero;
        }

        var digits = zone.Substring(1);
        if (!(digits.Length == 4 || (digits.Length == 2 && !isUtcTime)) || Digits(digits, digits.Length) is not { } number)
        {
            return null;
        }

        var minutes = digits.Length == 4 ? ((number / 100) * 60) + (number % 100) : number * 60;
        return digits.Length == 4 && number % 100 > 59 ? null : TimeSpan.FromMinutes(zone[0] == '-' ? -minutes : minutes);
    }
}
