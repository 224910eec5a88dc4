using CkiSdk.Protocol.Server;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Reads and writes the outboxes.</summary>
internal static class Announcements
{
    /// <summary>Puts a message into an outbox.</summary>
    public static int Add(SqliteSession session, string recipient, byte[] message, DateTimeOffset now) => session.Execute(
        "INSERT INTO announcements (recipient, message, enqueued_at) VALUES ($1, $2, $3)", recipient, message, now.UtcTicks);

    /// <summary>Returns the oldest message of an outbox.</summary>
    public static StoredAnnouncement? Oldest(SqliteSession session, string recipient) => session.Row(
        row => new StoredAnnouncement(row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
        "SELECT number, message FROM announcements WHERE recipient = $1 ORDER BY number LIMIT 1",
        recipient);

    /// <summary>Takes a message out of an outbox.</summary>
    public static int Remove(SqliteSession session, string recipient, long number) =>
        session.Execute("DELETE FROM announcements WHERE recipient = $1 AND number = $2", recipient, number);
}
