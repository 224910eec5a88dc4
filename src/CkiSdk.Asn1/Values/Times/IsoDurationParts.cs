using System.Globalization;

namespace CkiSdk.Asn1;

/// <summary>Adds up the parts of a DURATION that have a fixed length.</summary>
internal static class IsoDurationParts
{
    /// <summary>Gives the time span of a text that was checked, if it has neither years nor months and is no longer than .NET counts.</summary>
    internal static bool TryToTimeSpan(string text, out TimeSpan value)
    {
        value = default;
        var ticks = 0m;
        var isTime = false;
        var start = 1;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == 'T')
                (isTime, start) = (true, i + 1);
            if (!char.IsAsciiLetter(text[i]) || text[i] == 'T')
                continue;
            if (Unit(text[i], isTime) is not { } unit || !decimal.TryParse(text[start..i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 1_000_000_000_000m)
                return false;
            ticks += number * unit;
            start = i + 1;
        }

        if (ticks > TimeSpan.MaxValue.Ticks)
            return false;
        value = new TimeSpan((long)ticks);
        return true;
    }

    private static long? Unit(char letter, bool isTime) => (letter, isTime) switch
    {
        ('W', false) => 7 * TimeSpan.TicksPerDay,
        ('D', false) => TimeSpan.TicksPerDay,
        ('H', true) => TimeSpan.TicksPerHour,
        ('M', true) => TimeSpan.TicksPerMinute,
        ('S', true) => TimeSpan.TicksPerSecond,
        _ => null,
    };
}
