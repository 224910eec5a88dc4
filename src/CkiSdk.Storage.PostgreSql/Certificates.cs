using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Holds the statements about serial numbers and certificates.</summary>
internal static class Certificates
{
    private const string Select = "SELECT serial, usage, subject, not_after, encoded, key_reference, generation FROM certificates AS c";
    private const string NotRevoked = "NOT EXISTS (SELECT 1 FROM revoked_certificates AS r WHERE r.serial = c.serial)";

    public static async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReserveAsync(Session session, byte[][] serials, TransactionKey transaction, DateTimeOffset now)
    {
        var taken = await session.RowsAsync(
            row => Convert.ToHexString(row.Octets(0)),
            "INSERT INTO serials (serial, sender, transaction_id, reserved_at) SELECT unnest($1), $2, $3, $4 ON CONFLICT DO NOTHING RETURNING serial",
            serials, transaction.Sender, transaction.TransactionId, now.UtcTicks).ConfigureAwait(false);
        var left = taken.ToHashSet(StringComparer.Ordinal);
        return [.. serials.Where(serial => left.Remove(Convert.ToHexString(serial))).Select(serial => (ReadOnlyMemory<byte>)serial)];
    }

    public static async ValueTask AddAsync(Session session, StoreChange.AddCertificate add)
    {
        var (certificate, transaction) = add;

        // All conditions in one statement, because this is what a CMA does most; which of them does not hold is looked up afterwards.
        var added = await session.ExecuteAsync(
            """
            INSERT INTO certificates (serial, usage, subject, not_after, encoded, key_reference, generation)
            SELECT $1, $2, $3, $4, $5, $6, $7
            WHERE EXISTS (SELECT 1 FROM serials WHERE serial = $1 AND sender = $8 AND transaction_id = $9)
              AND ($6::text IS NULL OR (
                $7 >= coalesce((SELECT generation FROM generations WHERE my_reference = $6 AND canonical_name = $3), 0)
                AND NOT EXISTS (SELECT 1 FROM revoked_users WHERE canonical_name = $3)))
            """,
            certificate.Serial, certificate.Usage, certificate.Subject, certificate.NotAfter.UtcTicks, certificate.Encoded, certificate.KeyReference, certificate.Generation,
            transaction.Sender, transaction.TransactionId).ConfigureAwait(false);
        if (added == 1)
        {
            if (add.Holder is { } holder) await AddHolderAsync(session, certificate.Serial, holder).ConfigureAwait(false);
            return;
        }

        var isReserved = await session.ScalarAsync(
            "SELECT 1 FROM serials WHERE serial = $1 AND sender = $2 AND transaction_id = $3", certificate.Serial, transaction.Sender, transaction.TransactionId).ConfigureAwait(false) is not null;
        throw isReserved ? StoredRecords.Stale($"the seed key of {certificate.Subject}") : StoredRecords.NotReserved(certificate.Serial);
    }

    public static ValueTask<IssuedCertificate?> FindAsync(Session session, byte[] serial) => session.RowAsync(Read, $"{Select} WHERE serial = $1", serial);

    public static ValueTask<IReadOnlyList<IssuedCertificate>> ListAsync(Session session, string subject, string usage, DateTimeOffset now) => session.RowsAsync(
        Read, $"{Select} WHERE subject = $1 AND usage = $2 AND not_after >= $3 AND {NotRevoked} ORDER BY not_after DESC, serial", subject, usage, now.UtcTicks);

    public static ValueTask<IReadOnlyList<IssuedCertificate>> ListAllAsync(Session session, string subject, string usage) =>
        session.RowsAsync(Read, $"{Select} WHERE subject = $1 AND usage = $2 ORDER BY not_after DESC, serial", subject, usage);

    public static ValueTask<IReadOnlyList<IssuedCertificate>> EndingAsync(Session session, DateTimeOffset now, DateTimeOffset until) => session.RowsAsync(
        Read,
        $"{Select} WHERE not_after >= $1 AND not_after <= $2 AND usage IN ('send', 'receive') AND {NotRevoked} ORDER BY not_after, serial",
        now.UtcTicks, until.UtcTicks);

    public static ValueTask<int> AddHolderAsync(Session session, ReadOnlyMemory<byte> serial, string holder) => session.ExecuteAsync(
        "INSERT INTO certificate_holders (serial, holder) VALUES ($1, $2) ON CONFLICT DO NOTHING", serial, holder);

    public static ValueTask<int> RemoveHoldersAsync(Session session, ReadOnlyMemory<byte> serial) => session.ExecuteAsync("DELETE FROM certificate_holders WHERE serial = $1", serial);

    public static ValueTask<IReadOnlyList<string>> HoldersAsync(Session session, byte[] serial) =>
        session.RowsAsync(row => row.Text(0), "SELECT holder FROM certificate_holders WHERE serial = $1 ORDER BY holder", serial);

    private static IssuedCertificate Read(Row row) => new(row.Octets(0), row.Text(1), row.Text(2), row.Time(3), row.Octets(4))
    {
        KeyReference = row.TextOrNull(5),
        Generation = row.Number(6),
    };
}
