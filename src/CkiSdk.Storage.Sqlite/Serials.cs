using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Holds the statements about serial numbers, and for whom they were taken.</summary>
internal static class Serials
{
    /// <summary>The condition that the serial number $1 was taken for the owner $8.</summary>
    public const string IsOwned = "EXISTS (SELECT 1 FROM serials WHERE serial = $1 AND owner = $8)";

    private const int MarkedAtOnce = 1 << 16;

    public static IReadOnlyList<ReadOnlyMemory<byte>> Reserve(SqliteSession session, IReadOnlyList<byte[]> serials, TransactionKey transaction, DateTimeOffset now) =>
        [.. serials.Where(serial => TryReserve(session, serial, transaction, now)).Select(serial => (ReadOnlyMemory<byte>)serial)];

    public static bool TryReserve(SqliteSession session, byte[] serial, TransactionKey transaction, DateTimeOffset now) => session.Execute(
        "INSERT INTO serials (serial, owner, reserved_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", serial, session.Group.OwnerOf(transaction), now.UtcTicks) == 1;

    public static bool IsReserved(SqliteSession session, byte[] serial, long owner) => session.Scalar("SELECT 1 FROM serials WHERE serial = $1 AND owner = $2", serial, owner) is not null;

    /// <summary>Takes over the serial numbers of a table that has texts in the place of owners.</summary>
    public static void MarkOwners(SqliteSession session)
    {
        for (byte[]? last = []; last is not null;)
        {
            var marked = session.Rows(
                row => (Serial: row.Octets(0), Owner: session.Group.OwnerOf(new TransactionKey(row.Text(1), row.Text(2))), At: row.Number(3)),
                "SELECT serial, sender, transaction_id, reserved_at FROM serials WHERE serial > $1 ORDER BY serial LIMIT $2", last, MarkedAtOnce);
            foreach (var (serial, owner, at) in marked) session.Execute("INSERT INTO owned_serials (serial, owner, reserved_at) VALUES ($1, $2, $3)", serial, owner, at);
            last = marked.Count < MarkedAtOnce ? null : marked[^1].Serial;
        }

        session.Run("DROP TABLE serials; ALTER TABLE owned_serials RENAME TO serials");
    }
}
