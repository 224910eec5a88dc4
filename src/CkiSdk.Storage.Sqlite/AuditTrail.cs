using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Holds the statements about the audit log.</summary>
internal static class AuditTrail
{
    public static void Add(SqliteSession session, AuditEntry entry)
    {
        var head = AuditChain.Next(session.Group.Head ?? Head(session), entry);
        session.Execute(
            "INSERT INTO audit (number, at, event, party, detail, hash) VALUES ($1, $2, $3, $4, $5, $6)",
            head.Number, entry.At.UtcTicks, entry.Event, entry.Party, entry.Detail, head.Hash);
        session.Group.Head = head;
    }

    /// <summary>Writes the head after the entries that were added, which must happen before they are committed.</summary>
    public static void WriteHead(SqliteSession session)
    {
        if (session.Group.Head is not { } head) return;
        session.Execute("UPDATE audit_head SET number = $1, hash = $2", head.Number, head.Hash);
        session.Group.Head = null;
    }

    public static AuditLog Read(SqliteSession session) => Read(session, 0, -1); // -1: without a limit

    public static AuditLog Read(SqliteSession session, long after, int most) => session.AtOneMoment(() => new AuditLog(
        session.Rows(
            row => new AuditLink(row.Number(0), new AuditEntry(row.Time(1), row.Text(2), row.Text(3), row.Text(4)), row.Octets(5)),
            "SELECT number, at, event, party, detail, hash FROM audit WHERE number > $1 ORDER BY number LIMIT $2", after, most),
        Head(session)));

    /// <summary>Gives the entries that older versions wrote their places in the chain.</summary>
    public static void ChainOlderEntries(SqliteSession session)
    {
        foreach (var entry in session.Rows(Entry, "SELECT at, event, party, detail FROM unchained_audit ORDER BY number")) Add(session, entry);
        WriteHead(session);
        session.Run("DROP TABLE unchained_audit");
    }

    private static AuditEntry Entry(SqliteRow row) => new(row.Time(0), row.Text(1), row.Text(2), row.Text(3));

    private static AuditHead Head(SqliteSession session) =>
        session.Row(row => new AuditHead(row.Number(0), row.Octets(1)), "SELECT number, hash FROM audit_head") ?? AuditHead.Empty;
}
