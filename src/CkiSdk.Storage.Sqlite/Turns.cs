namespace CkiSdk.Storage.Sqlite;

/// <summary>Counts the works that are decided by one process after the other.</summary>
internal static class Turns
{
    public static long Read(SqliteSession session) => (long)session.Scalar("SELECT taken FROM turns")!;

    /// <summary>Takes a turn.</summary>
    /// <exception cref="Protocol.Storage.StaleStateException">Another work has taken one since.</exception>
    public static void Take(SqliteSession session, long before)
    {
        if (session.Execute("UPDATE turns SET taken = taken + 1 WHERE taken = $1", before) != 1) throw StoredRecords.Stale("what another work has announced or changed");
    }

    /// <summary>Makes what is being decided stale.</summary>
    public static void Raise(SqliteSession session) => session.Execute("UPDATE turns SET taken = taken + 1");
}
