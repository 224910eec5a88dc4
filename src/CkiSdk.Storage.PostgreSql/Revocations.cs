using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Holds the statements about revoked users, revoked certificates and CRLs.</summary>
internal static class Revocations
{
    public static ValueTask<RevokedUser?> FindUserAsync(Session session, string canonicalName) => session.RowAsync(
        Read, "SELECT canonical_name, name, reason FROM revoked_users WHERE canonical_name = $1 ORDER BY domain, source LIMIT 1", canonicalName);

    public static ValueTask<IReadOnlyList<RevokedUser>> UsersAsync(Session session, string domain) => session.RowsAsync(
        Read, "SELECT DISTINCT ON (canonical_name) canonical_name, name, reason FROM revoked_users WHERE domain = $1 ORDER BY canonical_name, reason", domain);

    public static async ValueTask<RevokedList?> FindListAsync(Session session, string source, string domain)
    {
        // Time and users in one statement, so that both are of one moment; a list without users has one row without a name.
        var rows = await session.RowsAsync(
            row => (Time: row.Time(0), User: row.IsNull(1) ? null : new RevokedUser(row.Text(1), row.Octets(2), row.SmallNumber(3))),
            """
            SELECT l.time, u.canonical_name, u.name, u.reason FROM revoked_lists AS l LEFT JOIN revoked_users AS u USING (source, domain)
            WHERE l.source = $1 AND l.domain = $2 ORDER BY u.canonical_name
            """,
            source, domain).ConfigureAwait(false);
        return rows.Count == 0 ? null : new RevokedList(source, domain, rows[0].Time, [.. rows.Select(row => row.User).OfType<RevokedUser>()]);
    }

    public static async ValueTask ReplaceAsync(Session session, RevokedList list)
    {
        var written = await session.ExecuteAsync(
            """
            INSERT INTO revoked_lists AS l (source, domain, time) VALUES ($1, $2, $3)
            ON CONFLICT (source, domain) DO UPDATE SET time = excluded.time WHERE l.time < excluded.time
            """,
            list.Source, list.Domain, list.Time.UtcTicks).ConfigureAwait(false);
        if (written != 1) throw StoredRecords.Stale($"the revoked user list of {list.Domain} from {list.Source}");
        await session.ExecuteAsync("DELETE FROM revoked_users WHERE source = $1 AND domain = $2", list.Source, list.Domain).ConfigureAwait(false);
        await session.ExecuteAsync(
            "INSERT INTO revoked_users (source, domain, canonical_name, name, reason) SELECT $1, $2, * FROM unnest($3::text[], $4::bytea[], $5::integer[])",
            list.Source, list.Domain, Column(list, user => user.CanonicalName), Column(list, user => user.Name.ToArray()), Column(list, user => user.Reason)).ConfigureAwait(false);
    }

    public static ValueTask<int> RevokeAsync(Session session, StoreChange.RevokeCertificates revoke) => session.ExecuteAsync(
        """
        INSERT INTO revoked_certificates (serial, reason, revoked_at)
        SELECT serial, $2, $3 FROM certificates WHERE subject = $1 AND usage IN ('send', 'receive') AND not_after >= $3
        ON CONFLICT DO NOTHING
        """,
        revoke.Subject, revoke.Reason, revoke.At.UtcTicks);

    public static ValueTask<IReadOnlyList<RevokedCertificate>> CertificatesAsync(Session session, DateTimeOffset now, DateTimeOffset sendSince) => session.RowsAsync(
        row => new RevokedCertificate(row.Octets(0), row.SmallNumber(1), row.Time(2), row.Time(3)),
        """
        SELECT r.serial, r.reason, r.revoked_at, c.not_after FROM revoked_certificates AS r JOIN certificates AS c USING (serial)
        WHERE c.not_after >= $1 OR (c.not_after >= $2 AND c.usage = 'send') ORDER BY r.serial
        """,
        now.UtcTicks, sendSince.UtcTicks);

    public static async ValueTask PutCrlAsync(Session session, StoredCrl crl)
    {
        var written = await session.ExecuteAsync(
            """
            INSERT INTO crls AS c (issuer, number, next_update, encoded) VALUES ($1, $2, $3, $4)
            ON CONFLICT (issuer) DO UPDATE SET number = excluded.number, next_update = excluded.next_update, encoded = excluded.encoded WHERE c.number < excluded.number
            """,
            crl.Issuer, crl.Number, crl.NextUpdate.UtcTicks, crl.Encoded).ConfigureAwait(false);
        if (written != 1) throw StoredRecords.Stale($"the CRL of {crl.Issuer}");
    }

    public static ValueTask<IReadOnlyList<StoredCrl>> CrlsAsync(Session session) => session.RowsAsync(
        row => new StoredCrl(row.Text(0), row.Number(1), row.Time(2), row.Octets(3)), "SELECT issuer, number, next_update, encoded FROM crls ORDER BY issuer");

    public static ValueTask<int> AddKeyAsync(Session session, RevokedAuthorityKey key) => session.ExecuteAsync(
        "INSERT INTO revoked_authority_keys (sha256, cma, revoked_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", key.Sha256, key.Cma, key.RevokedAt.UtcTicks);

    public static ValueTask<RevokedAuthorityKey?> FindKeyAsync(Session session, ReadOnlyMemory<byte> sha256) => session.RowAsync(
        row => new RevokedAuthorityKey(row.Octets(0), row.Text(1), row.Time(2)), "SELECT sha256, cma, revoked_at FROM revoked_authority_keys WHERE sha256 = $1", sha256);

    private static T[] Column<T>(RevokedList list, Func<RevokedUser, T> read) => [.. list.Users.Select(read)];

    private static RevokedUser Read(Row row) => new(row.Text(0), row.Octets(1), row.SmallNumber(2));
}
