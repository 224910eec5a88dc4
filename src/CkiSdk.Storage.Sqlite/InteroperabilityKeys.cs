using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Holds the statements about interoperability keys, generations and domain keys.</summary>
internal static class InteroperabilityKeys
{
    public static void Put(SqliteSession session, StoredInteroperabilityKey key)
    {
        StoredRecords.RequireWrapped(key);
        var written = session.Execute(
            """
            INSERT INTO interoperability_keys (my_reference, external_cma, not_before, not_after, wrapped_key, your_reference, source, base_and_modulus, domain_certificate, asked_at, is_retired)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT DO UPDATE
            SET not_before = $3, not_after = $4, your_reference = $6, source = $7, base_and_modulus = $8, domain_certificate = $9, asked_at = $10, is_retired = max(is_retired, $11)
            WHERE external_cma IS $2 AND wrapped_key = $5
            """,
            key.MyReference, key.ExternalCma, key.NotBefore.UtcTicks, key.NotAfter.UtcTicks, key.WrappedKey.ToArray(),
            key.YourReference, key.Source, key.BaseAndModulus.ToArray(), key.DomainCertificate.ToArray(), key.AskedAt?.UtcTicks, key.IsRetired ? 1 : 0);
        if (written != 1) throw StoredRecords.ReferenceUsed(key);
    }

    public static IReadOnlyList<StoredInteroperabilityKey> List(SqliteSession session) => session.Rows(
        row => new StoredInteroperabilityKey(row.Text(0), row.TextOrNull(1), row.Time(2), row.Time(3), row.Octets(4))
        {
            YourReference = row.TextOrNull(5),
            Source = row.TextOrNull(6),
            BaseAndModulus = row.Octets(7),
            DomainCertificate = row.Octets(8),
            AskedAt = row.IsNull(9) ? null : row.Time(9),
            IsRetired = row.Number(10) != 0,
        },
        """
        SELECT my_reference, external_cma, not_before, not_after, wrapped_key, your_reference, source, base_and_modulus, domain_certificate, asked_at, is_retired
        FROM interoperability_keys ORDER BY not_before, rowid
        """);

    public static long Generation(SqliteSession session, string myReference, string canonicalName) =>
        (long?)session.Scalar("SELECT generation FROM generations WHERE my_reference = $1 AND canonical_name = $2", myReference, canonicalName) ?? 0;

    /// <summary>Reads all generations by key and user; null where they are more than that many.</summary>
    public static Dictionary<(string Reference, string User), long>? Generations(SqliteSession session, int most)
    {
        var rows = session.Rows(row => (Place: (row.Text(0), row.Text(1)), Number: row.Number(2)), "SELECT my_reference, canonical_name, generation FROM generations LIMIT $1", most + 1);
        return rows.Count > most ? null : rows.ToDictionary(row => row.Place, row => row.Number);
    }

    public static void Raise(SqliteSession session, StoreChange.RaiseGeneration raise) => session.Execute(
        """
        INSERT INTO generations (my_reference, canonical_name, generation) VALUES ($1, $2, $3)
        ON CONFLICT DO UPDATE SET generation = max(generation, $3)
        """,
        raise.KeyReference, raise.User, raise.AtLeast);

    public static void AddPair(SqliteSession session, PairKey key)
    {
        var used = session.Scalar(
            "SELECT 1 FROM pair_keys WHERE first_reference IN ($1, $2) OR second_reference IN ($1, $2) LIMIT 1", key.FirstReference, key.SecondReference);
        if (used is not null)
            throw new InvalidOperationException($"An interoperability key with the reference {key.FirstReference} or {key.SecondReference} is stored already.");
        session.Execute(
            "INSERT INTO pair_keys (first_reference, first, second_reference, second, not_before, not_after, wrapped_key) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            key.FirstReference, key.First, key.SecondReference, key.Second, key.NotBefore.UtcTicks, key.NotAfter.UtcTicks, key.WrappedKey.ToArray());
    }

    public static IReadOnlyList<PairKey> Pairs(SqliteSession session, string cma) => session.Rows(
        row => new PairKey(row.Text(0), row.Text(1), row.TextOrNull(2), row.TextOrNull(3), row.Time(4), row.Time(5), row.Octets(6)),
        """
        SELECT first_reference, first, second_reference, second, not_before, not_after, wrapped_key
        FROM pair_keys WHERE first = $1 OR second = $1 ORDER BY not_before, rowid
        """,
        cma);

    public static void AddDomainKey(SqliteSession session, StoredDomainKey key) => session.Execute(
        "INSERT INTO domain_keys (certificate, wrapped_exponent) VALUES ($1, $2) ON CONFLICT DO NOTHING", key.Certificate.ToArray(), key.WrappedExponent.ToArray());

    public static IReadOnlyList<StoredDomainKey> DomainKeys(SqliteSession session) => session.Rows(
        row => new StoredDomainKey(row.Octets(0), row.Octets(1)), "SELECT certificate, wrapped_exponent FROM domain_keys ORDER BY number");
}
