namespace CkiSdk.Storage.PostgreSql;

/// <summary>Counts the works that are decided by one process after the other.</summary>
internal static class Turns
{
    public static async ValueTask<long> ReadAsync(Session session) => (long)(await session.ScalarAsync("SELECT taken FROM turns").ConfigureAwait(false))!;

    /// <summary>Takes a turn.</summary>
    /// <exception cref="Protocol.Storage.StaleStateException">Another work has taken one since.</exception>
    public static async ValueTask TakeAsync(Session session, long before)
    {
        if (await session.ExecuteAsync("UPDATE turns SET taken = taken + 1 WHERE taken = $1", before).ConfigureAwait(false) != 1) throw StoredRecords.Stale("what another work has announced or changed");
    }

    /// <summary>Makes what is being decided stale.</summary>
    public static ValueTask<int> RaiseAsync(Session session) => session.ExecuteAsync("UPDATE turns SET taken = taken + 1");
}
