namespace CkiSdk.Storage.PostgreSql;

/// <summary>Reads and writes the first message time that nobody was given.</summary>
internal static class MessageTimes
{
    /// <summary>Takes the next stretch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It would end after the year 9999.</exception>
    public static async ValueTask<DateTimeOffset> ReserveAsync(Session session, DateTimeOffset notBefore, TimeSpan length)
    {
        var start = new DateTimeOffset(Math.Max(await NextAsync(session).ConfigureAwait(false), notBefore.UtcTicks), TimeSpan.Zero);
        await session.ExecuteAsync("UPDATE message_times SET next = $1", (start + length).UtcTicks).ConfigureAwait(false);
        return start;
    }

    private static async ValueTask<long> NextAsync(Session session) => (long)(await session.ScalarAsync("SELECT next FROM message_times").ConfigureAwait(false))!;
}
