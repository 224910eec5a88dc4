using CkiSdk.Protocol.Storage;

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

    /// <summary>Requires that nobody was given times after a stretch.</summary>
    /// <exception cref="StaleStateException">Somebody was.</exception>
    public static void Hold(SqliteSession session, DateTimeOffset end)
    {
        var free = (long?)session.Scalar("SELECT next FROM message_times WHERE id = 1") ?? 0;
        if (free > end.UtcTicks) throw StoredRecords.Stale("the times of messages");
    }
}
