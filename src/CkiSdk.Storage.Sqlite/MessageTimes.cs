namespace CkiSdk.Storage.Sqlite;

/// <summary>Reads and writes the first message time that nobody was given.</summary>
internal static class MessageTimes
{
    /// <summary>Takes the next stretch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It would end after the year 9999.</exception>
    public static DateTimeOffset Reserve(SqliteSession session, DateTimeOffset notBefore, TimeSpan length)
    {
        var free = (long?)session.Scalar("SELECT next FROM message_times WHERE id = 1") ?? 0;
        var start = new DateTimeOffset(Math.Max(free, notBefore.UtcTicks), TimeSpan.Zero);
        session.Execute("INSERT OR REPLACE INTO message_times (id, next) VALUES (1, $1)", (start + length).UtcTicks);
        return start;
    }
}
