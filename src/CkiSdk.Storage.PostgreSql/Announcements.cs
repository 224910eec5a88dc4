using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Holds the statements about announcements, and about who brings them.</summary>
internal static class Announcements
{
    public static async ValueTask AddAsync(Session session, StoreChange.Enqueue enqueue, DateTimeOffset now)
    {
        if (enqueue.Topic is { } topic)
            await session.ExecuteAsync("DELETE FROM announcements WHERE recipient = $1 AND topic = $2", enqueue.Recipient, topic).ConfigureAwait(false);
        await session.ExecuteAsync(
            "INSERT INTO announcements (recipient, message, enqueued_at, topic) VALUES ($1, $2, $3, $4)", enqueue.Recipient, enqueue.Message, now.UtcTicks, enqueue.Topic).ConfigureAwait(false);
    }

    /// <summary>Gives those that come numbers from elsewhere on, also where the work is not written in the end.</summary>
    public static async ValueTask CountFromAsync(Session session, Func<long, long> next)
    {
        var last = (long)(await session.ScalarAsync("SELECT nextval(pg_get_serial_sequence('announcements', 'number'))").ConfigureAwait(false))!;
        await session.ScalarAsync("SELECT setval(pg_get_serial_sequence('announcements', 'number'), $1)", next(last)).ConfigureAwait(false);
    }

    public static ValueTask<StoredAnnouncement?> OldestAsync(Session session, string recipient) =>
        session.RowAsync(Read, "SELECT number, message FROM announcements WHERE recipient = $1 ORDER BY number LIMIT 1", recipient);

    public static ValueTask<IReadOnlyList<StoredAnnouncement>> ListAsync(Session session, string recipient) =>
        session.RowsAsync(Read, "SELECT number, message FROM announcements WHERE recipient = $1 ORDER BY number", recipient);

    public static ValueTask<int> RemoveAsync(Session session, string recipient, long number) =>
        session.ExecuteAsync("DELETE FROM announcements WHERE recipient = $1 AND number = $2", recipient, number);

    public static ValueTask<int> RemoveAsync(Session session, StoreChange.RemoveAnnouncements remove) =>
        session.ExecuteAsync("DELETE FROM announcements WHERE recipient = $1 AND number <= $2", remove.Recipient, remove.Through);

    public static ValueTask<IReadOnlyList<string>> RecipientsAsync(Session session) =>
        session.RowsAsync(row => row.Text(0), "SELECT DISTINCT recipient FROM announcements ORDER BY recipient");

    public static async ValueTask<bool> TryTakeDeliveryAsync(Session session, string recipient, Guid holder, TimeSpan duration) => await session.ExecuteAsync(
        """
        INSERT INTO deliveries AS d (recipient, holder, until) VALUES ($1, $2, clock_timestamp() + $3)
        ON CONFLICT (recipient) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE d.holder = excluded.holder OR d.until < clock_timestamp()
        """,
        recipient, holder, duration).ConfigureAwait(false) == 1;

    public static ValueTask<int> EndDeliveryAsync(Session session, string recipient, Guid holder) =>
        session.ExecuteAsync("DELETE FROM deliveries WHERE recipient = $1 AND holder = $2", recipient, holder);

    private static StoredAnnouncement Read(Row row) => new(row.Number(0), row.Octets(1));
}
