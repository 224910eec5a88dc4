using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Holds the statements about announcements.</summary>
internal static class Announcements
{
    public static void Add(SqliteSession session, StoreChange.Enqueue enqueue, DateTimeOffset now)
    {
        if (enqueue.Topic is { } topic) session.Execute("DELETE FROM announcements WHERE recipient = $1 AND topic = $2", enqueue.Recipient, topic);
        session.Execute(
            "INSERT INTO announcements (recipient, message, enqueued_at, topic) VALUES ($1, $2, $3, $4)", enqueue.Recipient, enqueue.Message.ToArray(), now.UtcTicks, enqueue.Topic);
    }

    /// <summary>Gives those that come numbers from elsewhere on.</summary>
    public static void CountFrom(SqliteSession session, Func<long, long> next)
    {
        var last = (long?)session.Scalar("SELECT seq FROM sqlite_sequence WHERE name = 'announcements'");
        session.Execute(
            last is null ? "INSERT INTO sqlite_sequence (name, seq) VALUES ('announcements', $1)" : "UPDATE sqlite_sequence SET seq = $1 WHERE name = 'announcements'", next(last ?? 0));
    }

    public static StoredAnnouncement? Oldest(SqliteSession session, string recipient) => session.Row(
        row => new StoredAnnouncement(row.Number(0), row.Octets(1)),
        "SELECT number, message FROM announcements WHERE recipient = $1 ORDER BY number LIMIT 1",
        recipient);

    public static IReadOnlyList<StoredAnnouncement> List(SqliteSession session, string recipient) => session.Rows(
        row => new StoredAnnouncement(row.Number(0), row.Octets(1)), "SELECT number, message FROM announcements WHERE recipient = $1 ORDER BY number", recipient);

    public static int Remove(SqliteSession session, string recipient, long number) =>
        session.Execute("DELETE FROM announcements WHERE recipient = $1 AND number = $2", recipient, number);

    public static int Remove(SqliteSession session, StoreChange.RemoveAnnouncements remove) =>
        session.Execute("DELETE FROM announcements WHERE recipient = $1 AND number <= $2", remove.Recipient, remove.Through);

    public static IReadOnlyList<string> Recipients(SqliteSession session) =>
        session.Rows(row => row.Text(0), "SELECT DISTINCT recipient FROM announcements ORDER BY recipient");
}
