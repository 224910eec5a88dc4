using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Holds the statements about going on after the store was restored from a backup.</summary>
internal static class Resumption
{
    public static void Apply(SqliteSession session, StoreChange.Resume resume)
    {
        var start = MessageTimes.Reserve(session, resume.MessagesFrom, TimeSpan.FromTicks(1));
        session.Execute("UPDATE resumed SET counts_from = $1, resumed_at = $2", resume.CountFrom(Read(session).CountsFrom), start.UtcTicks);
        Turns.Raise(session);
        session.Execute("UPDATE interoperability_keys SET is_retired = 1, asked_at = NULL");
        session.Execute("DELETE FROM pending_requests");
        Announcements.CountFrom(session, resume.CountFrom);
        foreach (var crl in Revocations.Crls(session).Where(crl => resume.Crls.Contains(crl.Issuer)))
            session.Execute("UPDATE crls SET number = $2, next_update = $3 WHERE issuer = $1", crl.Issuer, resume.CountFrom(crl.Number), resume.At.UtcTicks);
    }

    public static Resumed Read(SqliteSession session) => session.Rows(row => new Resumed(row.Number(0), row.Time(1)), "SELECT counts_from, resumed_at FROM resumed")[0];

    /// <summary>Is where the store goes on since it was restored.</summary>
    public sealed record Resumed(long CountsFrom, DateTimeOffset At);
}
