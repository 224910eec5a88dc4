using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Holds the statements about interoperability keys, generations and domain keys.</summary>
internal static class InteroperabilityKeys
{
    public static async ValueTask PutAsync(Session session, StoredInteroperabilityKey key)
    {
        StoredRecords.RequireWrapped(key);
        var written = await session.ExecuteAsync(
            """
            INSERT INTO interoperability_keys AS k
              (my_reference, external_cma, not_before, not_after, wrapped_key, your_reference, source, base_and_modulus, domain_certificate, asked_at, is_retired)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (my_reference) DO UPDATE
            SET not_before = excluded.not_before, not_after = excluded.not_after, your_reference = excluded.your_reference, source = excluded.source,
              base_and_modulus = excluded.base_and_modulus, domain_certificate = excluded.domain_certificate, asked_at = excluded.asked_at,
              is_retired = k.is_retired OR excluded.is_retired
            WHERE k.external_cma IS NOT DISTINCT FROM excluded.external_cma AND k.wrapped_key = excluded.wrapped_key
            """,
            key.MyReference, key.ExternalCma, key.NotBefore.UtcTicks, key.NotAfter.UtcTicks, key.WrappedKey,
            key.YourReference, key.Source, key.BaseAndModulus, key.DomainCertificate, key.AskedAt?.UtcTicks, key.IsRetired).ConfigureAwait(false);
        if (written != 1) throw StoredRecords.ReferenceUsed(key);
    }

    public static ValueTask<IReadOnlyList<StoredInteroperabilityKey>> ListAsync(Session session) => session.RowsAsync(
        row => new StoredInteroperabilityKey(row.Text(0), row.TextOrNull(1), row.Time(2), row.Time(3), row.Octets(4))
        {
            YourReference = row.TextOrNull(5),
            Source = row.TextOrNull(6),
            BaseAndModulus = row.Octets(7),
            DomainCertificate = row.Octets(8),
            AskedAt = row.IsNull(9) ? null : row.Time(9),
            IsRetired = row.Flag(10),
        },
        """
        SELECT my_reference, external_cma, not_before, not_after, wrapped_key, your_reference, source, base_and_modulus, domain_certificate, asked_at, is_retired
        FROM interoperability_keys ORDER BY not_before, added
        """);

    public static async ValueTask<long> GenerationAsync(Session session, string myReference, string canonicalName) =>
        (long?)await session.ScalarAsync("SELECT generation FROM generations WHERE my_reference = $1 AND canonical_name = $2", myReference, canonicalName).ConfigureAwait(false) ?? 0;

    public static ValueTask<int> RaiseAsync(Session session, StoreChange.RaiseGeneration raise) => session.ExecuteAsync(
        """
        INSERT INTO generations AS g (my_reference, canonical_name, generation) VALUES ($1, $2, $3)
        ON CONFLICT (my_reference, canonical_name) DO UPDATE SET generation = greatest(g.generation, excluded.generation)
        """,
        raise.KeyReference, raise.User, raise.AtLeast);

    public static async ValueTask AddPairAsync(Session session, PairKey key)
    {
        var used = await session.ScalarAsync(
            "SELECT 1 FROM pair_keys WHERE first_reference IN ($1, $2::text) OR second_reference IN ($1, $2::text) LIMIT 1", key.FirstReference, key.SecondReference).ConfigureAwait(false);
        if (used is not null)
            throw new InvalidOperationException($"An interoperability key with the reference {key.FirstReference} or {key.SecondReference} is stored already.");
        await session.ExecuteAsync(
            "INSERT INTO pair_keys (first_reference, first, second_reference, second, not_before, not_after, wrapped_key) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            key.FirstReference, key.First, key.SecondReference, key.Second, key.NotBefore.UtcTicks, key.NotAfter.UtcTicks, key.WrappedKey).ConfigureAwait(false);
    }

    public static ValueTask<IReadOnlyList<PairKey>> PairsAsync(Session session, string cma) => session.RowsAsync(
        row => new PairKey(row.Text(0), row.Text(1), row.TextOrNull(2), row.TextOrNull(3), row.Time(4), row.Time(5), row.Octets(6)),
        """
        SELECT first_reference, first, second_reference, second, not_before, not_after, wrapped_key
        FROM pair_keys WHERE first = $1 OR second = $1 ORDER BY not_before, added
        """,
        cma);

    public static ValueTask<int> AddDomainKeyAsync(Session session, StoredDomainKey key) => session.ExecuteAsync(
        "INSERT INTO domain_keys (certificate, wrapped_exponent) VALUES ($1, $2) ON CONFLICT DO NOTHING", key.Certificate, key.WrappedExponent);

    public static ValueTask<IReadOnlyList<StoredDomainKey>> DomainKeysAsync(Session session) => session.RowsAsync(
        row => new StoredDomainKey(row.Octets(0), row.Octets(1)), "SELECT certificate, wrapped_exponent FROM domain_keys ORDER BY number");
}
