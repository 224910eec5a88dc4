namespace CkiSdk.Asn1;

/// <summary>Finds times that keep to property settings and ranges: of one text of each form, and of the ends of the ranges.</summary>
internal static class RandomTimes
{
    private static readonly string[] Dates = ["1985", "1985-04", "1985-04-12", "1985-102", "1985-W15", "1985-W15-5", "19C", "0085", "0085-04-12", "-0085-04-12", "+12345-04-12", "+123456", "12C"];
    private static readonly string[] Clocks = ["15", "15:27", "15:27:46", "15.5", "15:27.5", "15:27:46.5", "15:27:46.25", "15:27:46.125", "00:00:00", "24:00:00"];
    private static readonly string[] Zones = ["", "Z", "+01", "-05:30"];
    private static readonly string[] Lengths = ["P1Y2M", "P15DT10H20M30S", "PT5M", "P3W", "PT0.5S"];
    private static readonly string[] Times = [.. Clocks.SelectMany(clock => Zones.Select(zone => clock + zone))];
    private static readonly string[] Points = [.. Dates, .. Times, .. Dates.SelectMany(date => Times.Select(time => $"{date}T{time}"))];
    private static readonly string[] All =
        [.. Points, .. Lengths, .. Points.SelectMany(point => new[] { $"{point}/{point}", $"{point}/P1Y", $"P1Y/{point}", $"R/{point}/P1Y", $"R5/{point}/{point}", $"R12/P1Y/{point}" }), "R3/P1Y", "R/P1Y"];

    /// <summary>Returns the content of a time that meets all that is demanded; null where none was found.</summary>
    internal static ReadOnlyMemory<byte>? Make(TypeKind kind, IEnumerable<Constraint> demands, System.Random random)
    {
        var ends = demands.OfType<Constraint.TimeRange>().SelectMany(range => new[] { range.Minimum, range.Maximum }).OfType<string>();
        var fitting = All.Concat(ends).Where(text => demands.All(demand => Meets(text, demand))).Select(text => Octets(kind, text)).OfType<byte[]>().ToList();
        return fitting.Count == 0 ? null : fitting[random.Next(fitting.Count)];
    }

    private static byte[]? Octets(TypeKind kind, string text) =>
        kind is TypeKind.UtcTime or TypeKind.GeneralizedTime ? System.Text.Encoding.ASCII.GetBytes(text) : IsoTexts.Octets(kind, text);

    private static bool Meets(string text, Constraint demand) => demand switch
    {
        Constraint.Settings settings => TimeProperties.Meets(text, settings.Notation),
        Constraint.TimeRange range => TimeOrder.IsBetween(text, range.Minimum, range.MinimumOpen, range.Maximum, range.MaximumOpen),
        _ => true,
    };
}
