namespace CkiSdk.Asn1;

/// <summary>Finds the properties of a text of a TIME type (X.680 38.2). The compiler and the run-time share it.</summary>
internal static class TimeProperties
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    /// <summary>Gives the settings one by one: <c>Basic=Date</c>, <c>Date=YMD</c>; blanks around the sign are not told of.</summary>
    public static IEnumerable<string> Split(string settings)
    {
        var parts = settings.Split('=').Select(part => string.Join(" ", part.Split(Blanks, StringSplitOptions.RemoveEmptyEntries)));
        return string.Join("=", parts).Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Tells whether a text has all of the properties that settings ask for; what they say of midnight forbids the other way to write it.</summary>
    public static bool Meets(string text, string settings)
    {
        var found = Of(text);
        return Split(settings).All(setting => setting switch
        {
            "Midnight=Start" => !found.Contains("Midnight=End"),
            "Midnight=End" => !found.Contains("Midnight=Start"),
            _ => found.Contains(setting),
        });
    }

    /// <summary>Gives the properties of a text that was checked, those of the points of an interval where all its points have them.</summary>
    public static ISet<string> Of(string text)
    {
        var parts = text.Split('/').ToList();
        var found = new HashSet<string>(StringComparer.Ordinal);
        var isRecurring = parts[0].Length > 0 && parts[0][0] == 'R';
        if (isRecurring)
        {
            found.Add("Basic=Rec-Interval");
            found.Add(parts[0].Length == 1 ? "Recurrence=Unlimited" : $"Recurrence=R{parts[0].Length - 1}");
            parts.RemoveAt(0);
        }

        var points = parts.Where(part => !IsDuration(part)).ToList();
        if (!isRecurring && parts.Count == 1 && points.Count == 1)
        {
            found.Add($"Basic={Kind(points[0])}");
        }
        else
        {
            found.UnionWith(isRecurring ? [] : ["Basic=Interval"]);
            found.Add($"Interval-type={Ends(parts)}");
            found.UnionWith(points.Select(point => $"SE-point={Kind(point)}").Distinct().Take(points.Select(Kind).Distinct().Count() == 1 ? 1 : 0));
        }

        if (points.Count > 0)
            found.UnionWith(points.Select(OfPoint).Aggregate((first, second) => first.Intersect(second).ToList()));
        return found;
    }

    /// <summary>Gives the date and the time of day of a point; empty for the one that it has not.</summary>
    public static (string Date, string Time) Halves(string point)
    {
        var at = point.IndexOf('T');
        var isTime = point.Length >= 2 && IsDigit(point[0]) && IsDigit(point[1]) && (point.Length == 2 || (!IsDigit(point[2]) && point[2] != 'C'));
        return at >= 0 ? (point.Substring(0, at), point.Substring(at + 1)) : isTime ? ("", point) : (point, "");
    }

    /// <summary>Gives the length of the year that a date begins with, its sign included.</summary>
    public static int YearLength(string date)
    {
        var length = date.Length > 0 && date[0] is '+' or '-' ? 1 : 0;
        while (length < date.Length && IsDigit(date[length]))
            length++;
        return length;
    }

    /// <summary>Gives the length of a time of day without its difference to UTC.</summary>
    public static int ClockLength(string time) => time.IndexOfAny(['Z', '+', '-']) is >= 0 and var zone ? zone : time.Length;

    private static bool IsDuration(string part) => part.Length > 0 && part[0] == 'P';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static string Ends(List<string> parts) => parts.Count == 1 ? "D" : IsDuration(parts[0]) ? "DE" : IsDuration(parts[1]) ? "SD" : "SE";

    private static string Kind(string point) => Halves(point) switch { (_, "") => "Date", ("", _) => "Time", _ => "Date-Time" };

    private static IEnumerable<string> OfPoint(string point)
    {
        var (date, time) = Halves(point);
        return (date.Length > 0 ? OfDate(date) : []).Concat(time.Length > 0 ? OfTime(time) : []);
    }

    private static IEnumerable<string> OfDate(string date)
    {
        var rest = date.Substring(YearLength(date));
        yield return "Date=" + (rest switch { "C" => "C", "" => "Y", { Length: 3 } => "YM", { Length: 6 } when rest[1] == 'W' => "YWD", { Length: 6 } => "YMD", _ => rest[1] == 'W' ? "YW" : "YD" });
        var year = date.Substring(0, YearLength(date)).TrimStart('+');
        var digits = year.TrimStart('-').Length;
        yield return "Year=" + (digits > 4 ? $"L{digits}" : year[0] == '-' ? "Negative" : string.CompareOrdinal(year, rest == "C" ? "15" : "1582") >= 0 ? "Basic" : "Proleptic");
    }

    private static IEnumerable<string> OfTime(string time)
    {
        var clock = time.Substring(0, ClockLength(time));
        var point = clock.IndexOfAny(['.', ',']);
        var whole = point < 0 ? clock : clock.Substring(0, point);
        yield return $"Time={(whole.Length switch { 2 => "H", 5 => "HM", _ => "HMS" })}{(point < 0 ? "" : $"F{clock.Length - point - 1}")}";
        yield return "Local-or-UTC=" + (clock.Length == time.Length ? "L" : time[clock.Length] == 'Z' ? "Z" : "LD");
        if (whole.StartsWith("24", StringComparison.Ordinal))
            yield return "Midnight=End";
        else if (clock.All(c => c is '0' or ':' or '.' or ','))
            yield return "Midnight=Start";
    }
}
