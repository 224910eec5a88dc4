namespace CkiSdk.Protocol.Issuing;

/// <summary>Reckons with times in whole seconds, as certificates carry them, without leaving the years that there are.</summary>
internal static class WholeSeconds
{
    /// <summary>Tells the later of two times.</summary>
    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>Tells the earlier of two times.</summary>
    public static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    /// <summary>Cuts the fraction of a second.</summary>
    public static DateTimeOffset Cut(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    /// <summary>Adds a span; what would lie after the year 9999 is its last second (RFC 5280 §4.1.2.5 ends there too).</summary>
    public static DateTimeOffset Add(DateTimeOffset time, TimeSpan span) =>
        Cut(span > DateTimeOffset.MaxValue - time ? DateTimeOffset.MaxValue : time + span);
}
