using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Holds the statements about going on after the database was restored from a backup.</summary>
internal static class Resumption
{
    public static async ValueTask ApplyAsync(Session session, StoreChange.Resume resume)
    {
        var start = await MessageTimes.ReserveAsync(session, resume.MessagesFrom, TimeSpan.FromTicks(1)).ConfigureAwait(false);
        var before = await ReadAsync(session).ConfigureAwait(false);
        await session.ExecuteAsync("UPDATE resumed SET counts_from = $1, resumed_at = $2", resume.CountFrom(before.CountsFrom), start.UtcTicks).ConfigureAwait(false);
        await Turns.RaiseAsync(session).ConfigureAwait(false);
        await session.ExecuteAsync("UPDATE interoperability_keys SET is_retired = true, asked_at = NULL").ConfigureAwait(false);
        await session.ExecuteAsync("DELETE FROM pending_requests").ConfigureAwait(false);
        await Announcements.CountFromAsync(session, resume.CountFrom).ConfigureAwait(false);
        var crls = await Revocations.CrlsAsync(session).ConfigureAwait(false);
        foreach (var crl in crls.Where(crl => resume.Crls.Contains(crl.Issuer)))
            await session.ExecuteAsync("UPDATE crls SET number = $2, next_update = $3 WHERE issuer = $1", crl.Issuer, resume.CountFrom(crl.Number), resume.At.UtcTicks).ConfigureAwait(false);
    }

    public static async ValueTask<Resumed> ReadAsync(Session session) =>
        (await session.RowsAsync(row => new Resumed(row.Number(0), row.Time(1)), "SELECT counts_from, resumed_at FROM resumed").ConfigureAwait(false))[0];

    /// <summary>Is where the store goes on since it was restored.</summary>
    public sealed record Resumed(long CountsFrom, DateTimeOffset At);
}
