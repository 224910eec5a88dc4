using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Holds the statements about revoked users, revoked certificates and CRLs.</summary>
internal static class Revocations
{
    public static RevokedUser? FindUser(SqliteSession session, string canonicalName) => session.Row(
        Read, "SELECT canonical_name, name, reason FROM revoked_users WHERE canonical_name = $1 ORDER BY domain, source LIMIT 1", canonicalName);

    /// <summary>Reads all revoked users as <see cref="FindUser"/> would; null where they are more than that many.</summary>
    public static Dictionary<string, RevokedUser>? AllUsers(SqliteSession session, int most)
    {
        var rows = session.Rows(Read, "SELECT canonical_name, name, reason FROM revoked_users ORDER BY domain, source LIMIT $1", most + 1);
        return rows.Count > most ? null : rows.GroupBy(user => user.CanonicalName, StringComparer.Ordinal).ToDictionary(ofOne => ofOne.Key, ofOne => ofOne.First(), StringComparer.Ordinal);
    }

    public static IReadOnlyList<RevokedUser> Users(SqliteSession session, string domain) => session.Rows(
        Read, "SELECT canonical_name, name, min(reason) FROM revoked_users WHERE domain = $1 GROUP BY canonical_name ORDER BY canonical_name", domain);

    public static RevokedList? FindList(SqliteSession session, string source, string domain)
    {
        if (session.Scalar("SELECT time FROM revoked_lists WHERE source = $1 AND domain = $2", source, domain) is not long time) return null;
        var users = session.Rows(
            Read, "SELECT canonical_name, name, reason FROM revoked_users WHERE source = $1 AND domain = $2 ORDER BY canonical_name", source, domain);
        return new RevokedList(source, domain, new DateTimeOffset(time, TimeSpan.Zero), users);
    }

    public static void Replace(SqliteSession session, RevokedList list)
    {
        var written = session.Execute(
            "INSERT INTO revoked_lists (source, domain, time) VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET time = $3 WHERE time < $3",
            list.Source, list.Domain, list.Time.UtcTicks);
        if (written != 1) throw StoredRecords.Stale($"the revoked user list of {list.Domain} from {list.Source}");
        session.Execute("DELETE FROM revoked_users WHERE source = $1 AND domain = $2", list.Source, list.Domain);
        foreach (var user in list.Users)
        {
            session.Execute(
                "INSERT INTO revoked_users (source, domain, canonical_name, name, reason) VALUES ($1, $2, $3, $4, $5)",
                list.Source, list.Domain, user.CanonicalName, user.Name.ToArray(), user.Reason);
        }
    }

    public static void Revoke(SqliteSession session, StoreChange.RevokeCertificates revoke)
    {
        foreach (var usage in new[] { IssuedCertificate.Send, IssuedCertificate.Receive })
        {
            session.Execute(
                $"""
                INSERT INTO revoked_certificates (serial, reason, revoked_at)
                SELECT serial, $5, $2 FROM certificates WHERE {CertificateSubjects.MayBe} AND subject = $3 AND usage = $4
                ON CONFLICT DO NOTHING
                """,
                CertificateSubjects.MarkOf(revoke.Subject, usage), revoke.At.UtcTicks, revoke.Subject, usage, revoke.Reason);
        }
    }

    public static IReadOnlyList<RevokedCertificate> Certificates(SqliteSession session, DateTimeOffset now, DateTimeOffset sendSince) => session.Rows(
        row => new RevokedCertificate(row.Octets(0), (int)row.Number(1), row.Time(2), row.Time(3)),
        """
        SELECT r.serial, r.reason, r.revoked_at, c.not_after FROM revoked_certificates AS r JOIN certificates AS c USING (serial)
        WHERE c.not_after >= $1 OR (c.not_after >= $2 AND c.usage = 'send') ORDER BY r.serial
        """,
        now.UtcTicks, sendSince.UtcTicks);

    public static void PutCrl(SqliteSession session, StoredCrl crl)
    {
        var written = session.Execute(
            """
            INSERT INTO crls (issuer, number, next_update, encoded) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO UPDATE SET number = $2, next_update = $3, encoded = $4 WHERE number < $2
            """,
            crl.Issuer, crl.Number, crl.NextUpdate.UtcTicks, crl.Encoded.ToArray());
        if (written != 1) throw StoredRecords.Stale($"the CRL of {crl.Issuer}");
    }

    public static IReadOnlyList<StoredCrl> Crls(SqliteSession session) => session.Rows(
        row => new StoredCrl(row.Text(0), row.Number(1), row.Time(2), row.Octets(3)), "SELECT issuer, number, next_update, encoded FROM crls ORDER BY issuer");

    public static void AddKey(SqliteSession session, RevokedAuthorityKey key) => session.Execute(
        "INSERT INTO revoked_authority_keys (sha256, cma, revoked_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", key.Sha256.ToArray(), key.Cma, key.RevokedAt.UtcTicks);

    public static RevokedAuthorityKey? FindKey(SqliteSession session, byte[] sha256) => session.Row(
        row => new RevokedAuthorityKey(row.Octets(0), row.Text(1), row.Time(2)), "SELECT sha256, cma, revoked_at FROM revoked_authority_keys WHERE sha256 = $1", sha256);

    private static RevokedUser Read(SqliteRow row) => new(row.Text(0), row.Octets(1), (int)row.Number(2));
}
