namespace CkiSdk.Web.State;

/// <summary>Is the time of a key, a certificate or a list.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Which one.</param>
/// <param name="Begin">Its begin.</param>
/// <param name="End">Its end.</param>
/// <param name="IsFollowed">Whether another one takes its place, so that its end is no alarm.</param>
internal sealed record Period(string Kind, string Name, DateTimeOffset Begin, DateTimeOffset End, bool IsFollowed)
{
    /// <summary>Gets how long before its end it ends soon.</summary>
    public TimeSpan Warning { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Tells how it stands.</summary>
    /// <param name="now">The moment.</param>
    public Standing At(DateTimeOffset now) => End <= now ? Standing.Ended
        : Begin > now ? Standing.Coming
        : !IsFollowed && End - now < Warning ? Standing.EndsSoon
        : Standing.InEffect;

    /// <summary>Tells the days that are left, rounded down.</summary>
    /// <param name="now">The moment.</param>
    public int DaysLeft(DateTimeOffset now) => (int)Math.Floor((End - now).TotalDays);
}
