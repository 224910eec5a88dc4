namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Knows the property settings of the TIME type (X.680 38.3, Table 6).</summary>
internal static class TimeSettings
{
    private static readonly Dictionary<string, Func<string, bool>> Properties = new(StringComparer.Ordinal)
    {
        ["Basic"] = value => value is "Date" or "Time" or "Date-Time" or "Interval" or "Rec-Interval",
        ["Date"] = value => value is "C" or "Y" or "YM" or "YMD" or "YD" or "YW" or "YWD",
        ["Year"] = value => value is "Basic" or "Proleptic" or "Negative" || IsCount(value, "L"),
        ["Time"] = value => value is "H" or "HM" or "HMS" || IsCount(value, "HF") || IsCount(value, "HMF") || IsCount(value, "HMSF"),
        ["Local-or-UTC"] = value => value is "L" or "Z" or "LD",
        ["Interval-type"] = value => value is "SE" or "D" or "SD" or "DE",
        ["SE-point"] = value => value is "Date" or "Time" or "Date-Time",
        ["Recurrence"] = value => value == "Unlimited" || IsCount(value, "R"),
        ["Midnight"] = value => value is "Start" or "End",
    };

    /// <summary>Says what is wrong with settings; null for nothing.</summary>
    public static string? Fault(string settings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var setting in TimeProperties.Split(settings))
        {
            var parts = setting.Split('=');
            if (parts.Length != 2 || !Properties.TryGetValue(parts[0], out var permits) || !permits(parts[1]))
            {
                return $"{setting} is no property setting of TIME";
            }

            if (!seen.Add(parts[0]))
            {
                return $"the property {parts[0]} is set twice";
            }
        }

        return seen.Count == 0 ? "a property setting is expected" : null;
    }

    private static bool IsCount(string value, string prefix) =>
        value.StartsWith(prefix, StringComparison.Ordinal) && value.Length > prefix.Length && value.Skip(prefix.Length).All(c => c is >= '0' and <= '9');
}
