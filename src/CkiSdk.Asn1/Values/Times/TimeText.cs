namespace CkiSdk.Asn1;

/// <summary>Reads and checks the digits of the two time types.</summary>
internal static class TimeText
{
    /// <summary>The octets of YYMMDDHHMMSSZ (X.690 11.8).</summary>
    internal const int UtcLength = 13;

    /// <summary>The octets of YYYYMMDDHHMMSSZ (X.690 11.7).</summary>
    internal const int GeneralizedLength = 15;

    /// <summary>The most octets of a time with seven digits of a fraction.</summary>
    internal const int LongestGeneralized = GeneralizedLength + 8;

    /// <summary>Gives the year that two digits stand for (RFC 5280 §4.1.2.5.1).</summary>
    internal static int UtcYear(int twoDigits) => twoDigits >= 50 ? 1900 + twoDigits : 2000 + twoDigits;

    /// <summary>Tells whether the octets are YYMMDDHHMMSSZ and name a real time.</summary>
    internal static bool IsUtc(ReadOnlySpan<byte> text) =>
        text.Length == UtcLength && text[12] == 'Z' && Pair(text, 0) is < 100 and var year && IsMoment(UtcYear((int)year), text[2..]);

    /// <summary>Tells whether the octets are YYYYMMDDHHMMSS[.f]Z without a trailing zero and name a real time.</summary>
    internal static bool IsGeneralized(ReadOnlySpan<byte> text)
    {
        if (text.Length < GeneralizedLength || text[^1] != 'Z' || !IsFraction(text[14..^1]))
            return false;
        if (Pair(text, 0) is not (< 100 and var century) || Pair(text, 2) is not (< 100 and var yearOfCentury))
            return false;
        var year = (int)((100 * century) + yearOfCentury);
        return year > 0 && IsMoment(year, text[4..]);
    }

    /// <summary>Reads YYMMDDHHMMSSZ, which was checked.</summary>
    internal static DateTimeOffset ToUtc(ReadOnlySpan<byte> text) => ToTime(UtcYear(Number(text, 0)), text[2..]);

    /// <summary>Reads YYYYMMDDHHMMSS[.f]Z, which was checked; digits of the fraction beyond the seventh are cut off.</summary>
    internal static DateTimeOffset ToGeneralized(ReadOnlySpan<byte> text)
    {
        var ticks = 0L;
        for (var i = 0; i < 7; i++)
            ticks = (10 * ticks) + (15 + i < text.Length - 1 ? text[15 + i] - '0' : 0);
        return ToTime((100 * Number(text, 0)) + Number(text, 2), text[4..]).AddTicks(ticks);
    }

    /// <summary>Reads MMDDHHMMSS, which was checked.</summary>
    internal static DateTimeOffset ToTime(int year, ReadOnlySpan<byte> text) =>
        new(year, Number(text, 0), Number(text, 2), Number(text, 4), Number(text, 6), Number(text, 8), TimeSpan.Zero);

    /// <summary>Writes YYMMDDHHMMSSZ.</summary>
    internal static void WriteUtc(DateTime time, Span<byte> text)
    {
        WritePair(time.Year % 100, text);
        WriteMoment(time, text[2..]);
        text[12] = (byte)'Z';
    }

    /// <summary>Writes YYYYMMDDHHMMSS[.f]Z without trailing zeros of the fraction, and returns how long it is.</summary>
    internal static int WriteGeneralized(DateTime time, int fractionDigits, Span<byte> text)
    {
        WritePair(time.Year / 100, text);
        WritePair(time.Year % 100, text[2..]);
        WriteMoment(time, text[4..]);
        var length = 14;
        var fraction = (int)(time.Ticks % TimeSpan.TicksPerSecond);
        for (var unit = (int)TimeSpan.TicksPerSecond / 10; fractionDigits > 0; unit /= 10, fractionDigits--)
        {
            if (length == 14)
                text[length++] = (byte)'.';
            text[length++] = (byte)('0' + (fraction / unit % 10));
        }

        while (length > 14 && text[length - 1] is (byte)'0' or (byte)'.')
            length--;
        text[length] = (byte)'Z';
        return length + 1;
    }

    /// <summary>Reads two digits, which were checked.</summary>
    internal static int Number(ReadOnlySpan<byte> text, int index) => (int)Pair(text, index);

    // Nothing, or a point and digits of which the last is not zero (X.690 11.7.3, 11.7.4).
    private static bool IsFraction(ReadOnlySpan<byte> text) => text.IsEmpty
        || (text.Length > 1 && text[0] == '.' && text[^1] != '0' && !text[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9'));

    private static bool IsMoment(int year, ReadOnlySpan<byte> text)
    {
        var month = Pair(text, 0);
        var day = Pair(text, 2);
        return month - 1 < 12 && day - 1 < 31 && Pair(text, 4) < 24 && Pair(text, 6) < 60 && Pair(text, 8) < 60
            && (day <= 28 || day <= DateTime.DaysInMonth(year, (int)month));
    }

    private static void WriteMoment(DateTime time, Span<byte> text)
    {
        WritePair(time.Month, text);
        WritePair(time.Day, text[2..]);
        WritePair(time.Hour, text[4..]);
        WritePair(time.Minute, text[6..]);
        WritePair(time.Second, text[8..]);
    }

    private static void WritePair(int number, Span<byte> text) => (text[0], text[1]) = ((byte)('0' + (number / 10)), (byte)('0' + (number % 10)));

    // Two digits, or a number above 99 for anything else.
    private static uint Pair(ReadOnlySpan<byte> text, int index)
    {
        var tens = text[index] - (uint)'0';
        var ones = text[index + 1] - (uint)'0';
        return tens <= 9 && ones <= 9 ? (10 * tens) + ones : uint.MaxValue;
    }
}
