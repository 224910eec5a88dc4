using CkiSdk.Protocol.Server;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Reads and writes the tables of interoperability keys and of the generations under them.</summary>
internal static class InteroperabilityKeys
{
    /// <summary>Adds a key; false where its reference is used.</summary>
    public static bool TryAdd(SqliteSession session, StoredInteroperabilityKey key) => session.Execute(
        "INSERT INTO interoperability_keys (my_reference, external_cma, not_before, not_after, wrapped_key) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        key.MyReference, key.ExternalCma, key.NotBefore.UtcTicks, key.NotAfter.UtcTicks, key.WrappedKey.ToArray()) == 1;

    /// <summary>Lists all keys, the earliest start first.</summary>
    public static IReadOnlyList<StoredInteroperabilityKey> List(SqliteSession session) => session.Rows(
        row => new StoredInteroperabilityKey(
            row.GetString(0),
            row.IsDBNull(1) ? null : row.GetString(1),
            new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero),
            new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero),
            row.GetFieldValue<byte[]>(4)),
        "SELECT my_reference, external_cma, not_before, not_after, wrapped_key FROM interoperability_keys ORDER BY not_before, my_reference");

    /// <summary>Returns the generation of a user's seed key; 0 where none was set.</summary>
    public static long Generation(SqliteSession session, string myReference, string canonicalName) =>
        (long?)session.Scalar("SELECT generation FROM generations WHERE my_reference = $1 AND canonical_name = $2", myReference, canonicalName) ?? 0;
}
