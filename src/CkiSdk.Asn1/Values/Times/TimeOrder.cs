using System.Globalization;
using System.Numerics;

namespace CkiSdk.Asn1;

/// <summary>Orders texts of the time types, where ranges ask for it (X.680 51.11 to 51.13). The compiler and the run-time share it.</summary>
/// <remarks>Two times have an order where they say the same of a time: two durations, two dates, two times of day, local or not, or both together.</remarks>
internal static class TimeOrder
{
    // The mean length of a month in the Gregorian calendar, 146097 days in 4800 months: what a duration in months is to one in days.
    private const int Days = 146_097;
    private const int Months = 4800;

    private const int DaySeconds = 86_400;

    // As many digits behind the point as a text can have.
    private static readonly BigInteger Second = BigInteger.Pow(10, TimeGrammar.MostLength);

    /// <summary>Tells whether a text lies between two others; one that has no order with them does not. Null stands for no end.</summary>
    public static bool IsBetween(string text, string? minimum, bool minimumOpen, string? maximum, bool maximumOpen) =>
        (minimum is null || (Compare(text, minimum) is { } low && (minimumOpen ? low > 0 : low >= 0)))
        && (maximum is null || (Compare(text, maximum) is { } high && (maximumOpen ? high < 0 : high <= 0)));

    /// <summary>Compares two texts that were checked; null where they have no order.</summary>
    public static int? Compare(string left, string right)
    {
        if (IsMoment(left) || IsMoment(right))
            return IsMoment(left) && IsMoment(right) ? string.CompareOrdinal(Moment(left), Moment(right)) : null;
        var (first, second) = (left.Split('/'), right.Split('/'));
        if (first.Length != second.Length || Recurrence(first[0]) is null != Recurrence(second[0]) is null)
            return null;
        if (Recurrence(first[0]) is { } count)
            return first.Skip(1).SequenceEqual(second.Skip(1), StringComparer.Ordinal) ? count.CompareTo(Recurrence(second[0])!.Value) : null;
        if (first.Length > 1)
            return null;
        if (left[0] == 'P' || right[0] == 'P')
            return left[0] == right[0] ? Duration(left).CompareTo(Duration(right)) : null;
        return Form(left) == Form(right) ? Point(left).CompareTo(Point(right)) : null;
    }

    private static bool IsMoment(string text) => text.Length >= 11 && text.Take(10).All(c => c is >= '0' and <= '9');

    // UTCTime has two digits of the year, of 1950 to 2049.
    private static string Moment(string text) => (text.Length != 13 ? "" : text[0] >= '5' ? "19" : "20") + text.TrimEnd('Z');

    private static BigInteger? Recurrence(string part) => part.Length == 0 || part[0] != 'R' ? null
        : part.Length == 1 ? BigInteger.Pow(10, TimeGrammar.MostLength) : Whole(part.Substring(1));

    // What two points must share: which parts they have, and whether they are local.
    private static (bool HasDate, bool HasTime, bool IsLocal, bool IsCentury) Form(string point)
    {
        var (date, time) = TimeProperties.Halves(point);
        return (date.Length > 0, time.Length > 0, time.Length > 0 && TimeProperties.ClockLength(time) == time.Length, date.Length > 0 && date[date.Length - 1] == 'C');
    }

    private static BigInteger Point(string point)
    {
        var (date, time) = TimeProperties.Halves(point);
        return ((date.Length > 0 ? Day(date) : 0) * DaySeconds * Second) + (time.Length > 0 ? Clock(time) : 0);
    }

    // The days before the one that a date begins with, or the centuries.
    private static BigInteger Day(string date)
    {
        var length = TimeProperties.YearLength(date);
        var year = Whole(date.Substring(0, length).TrimStart('+'));
        var rest = date.Substring(length);
        if (rest == "C")
            return year;
        if (rest.Length > 1 && rest[1] == 'W')
            return WeekStart(year) + (7 * (Number(rest, 2, 2) - 1)) + (rest.Length > 4 ? Number(rest, 5, 1) - 1 : 0);
        if (rest.Length == 4)
            return YearStart(year) + Number(rest, 1, 3) - 1;
        var (month, day) = (rest.Length >= 3 ? Number(rest, 1, 2) : 1, rest.Length == 6 ? Number(rest, 4, 2) : 1);
        int[] before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
        return YearStart(year) + before[month - 1] + (month > 2 && IsLeap(year) ? 1 : 0) + day - 1;
    }

    private static BigInteger YearStart(BigInteger year)
    {
        var last = year - 1;
        return (365 * year) + Floor(last, 4) - Floor(last, 100) + Floor(last, 400);
    }

    // Week 1 has the 4th of January in it; the day before the first of year 1 is a Sunday.
    private static BigInteger WeekStart(BigInteger year)
    {
        var fourth = YearStart(year) + 3;
        var weekday = (int)(fourth - 365 - (7 * Floor(fourth - 365, 7)));
        return fourth - weekday;
    }

    private static bool IsLeap(BigInteger year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    private static BigInteger Floor(BigInteger number, int divisor)
    {
        var quotient = BigInteger.DivRem(number, divisor, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    private static BigInteger Clock(string time)
    {
        var length = TimeProperties.ClockLength(time);
        var clock = time.Substring(0, length);
        var point = clock.IndexOfAny(['.', ',']);
        var whole = point < 0 ? clock : clock.Substring(0, point);
        var unit = whole.Length switch { 2 => 3600, 5 => 60, _ => 1 };
        var seconds = (Number(whole, 0, 2) * 3600) + (whole.Length > 3 ? Number(whole, 3, 2) * 60 : 0) + (whole.Length > 6 ? Number(whole, 6, 2) : 0);
        var total = (seconds * Second) + (point < 0 ? 0 : unit * Fraction(clock.Substring(point + 1)));
        if (length == time.Length || time[length] == 'Z')
            return total;
        var offset = (Number(time, length + 1, 2) * 3600) + (time.Length > length + 3 ? Number(time, length + 4, 2) * 60 : 0);
        return time[length] == '-' ? total + (offset * Second) : total - (offset * Second);
    }

    private static BigInteger Fraction(string digits) => Whole(digits.PadRight(TimeGrammar.MostLength, '0'));

    private static int Number(string text, int at, int digits) => (int)Whole(text.Substring(at, digits));

    private static BigInteger Whole(string digits) => BigInteger.Parse(digits, CultureInfo.InvariantCulture);

    // In seconds, times the number of months that the mean length of one is told by.
    private static BigInteger Duration(string text)
    {
        var total = BigInteger.Zero;
        var isTime = false;
        for (int start = 1, i = 1; i < text.Length; i++)
        {
            if (text[i] == 'T')
                (isTime, start) = (true, i + 1);
            else if (text[i] is >= 'A' and <= 'Z')
            {
                var parts = text.Substring(start, i - start).Split('.', ',');
                total += Unit(text[i], isTime) * ((Whole(parts[0]) * Second) + (parts.Length > 1 ? Fraction(parts[1]) : 0));
                start = i + 1;
            }
        }

        return total;
    }

    private static BigInteger Unit(char letter, bool isTime) => (letter, isTime) switch
    {
        ('Y', _) => (BigInteger)12 * Days * DaySeconds,
        ('M', false) => (BigInteger)Days * DaySeconds,
        ('W', _) => (BigInteger)7 * DaySeconds * Months,
        ('D', _) => (BigInteger)DaySeconds * Months,
        ('H', _) => 3600 * Months,
        ('M', _) => 60 * Months,
        _ => Months,
    };
}
