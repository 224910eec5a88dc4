using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Holds the statements about certificates.</summary>
internal static class Certificates
{
    private const string Select = "SELECT serial, usage, subject, not_after, packed, key_reference, generation FROM certificates AS c";
    private const string NotRevoked = "NOT EXISTS (SELECT 1 FROM revoked_certificates AS r WHERE r.serial = c.serial)";

    /// <summary>Adds a certificate, and in its row who asked for it.</summary>
    public static void Add(SqliteSession session, StoreChange.AddCertificate add)
    {
        // All conditions in one statement, because this is what a CMA does most; which of them does not hold is looked up afterwards.
        var (certificate, owner) = (add.Certificate, session.Group.OwnerOf(add.Transaction));
        var serial = certificate.Serial.ToArray();
        var added = session.Execute(
            $"""
            INSERT INTO certificates (serial, usage, subject, not_after, packed, key_reference, generation, holder)
            SELECT $1, $2, $3, $4, $5, $6, $7, $9
            WHERE {Serials.IsOwned}
              AND ($6 IS NULL OR (
                $7 >= coalesce((SELECT generation FROM generations WHERE my_reference = $6 AND canonical_name = $3), 0)
                AND NOT EXISTS (SELECT 1 FROM revoked_users WHERE canonical_name = $3)))
            """,
            serial, certificate.Usage, certificate.Subject, certificate.NotAfter.UtcTicks, PackedCertificate.Pack(certificate.Encoded), certificate.KeyReference, certificate.Generation, owner, add.Holder);
        if (added != 1) throw Serials.IsReserved(session, serial, owner) ? StoredRecords.Stale($"the seed key of {certificate.Subject}") : StoredRecords.NotReserved(serial);
        CertificateSubjects.Add(session, certificate);
    }

    public static IssuedCertificate? Find(SqliteSession session, byte[] serial) => session.Row(Read, $"{Select} WHERE serial = $1", serial);

    /// <summary>Reads the octets of a certificate that is there.</summary>
    public static byte[] Encoded(SqliteSession session, byte[] serial) =>
        session.Row(static row => PackedCertificate.Unpack(row.Span(0)), "SELECT packed FROM certificates WHERE serial = $1", serial)
        ?? throw new InvalidDataException($"The certificate {Convert.ToHexString(serial)} of an answer is missing.");

    public static IReadOnlyList<IssuedCertificate> List(SqliteSession session, string subject, string usage, DateTimeOffset now) => session.Rows(
        Read,
        $"{Select} WHERE {CertificateSubjects.MayBe} AND subject = $3 AND usage = $4 AND {NotRevoked} ORDER BY not_after DESC, serial",
        CertificateSubjects.MarkOf(subject, usage), now.UtcTicks, subject, usage);

    public static IReadOnlyList<IssuedCertificate> ListAll(SqliteSession session, string subject, string usage) => session.Rows(
        Read,
        $"{Select} WHERE {CertificateSubjects.MayBe} AND subject = $3 AND usage = $4 ORDER BY not_after DESC, serial",
        CertificateSubjects.MarkOf(subject, usage), 0L, subject, usage);

    public static IReadOnlyList<IssuedCertificate> Ending(SqliteSession session, DateTimeOffset now, DateTimeOffset until) => session.Rows(
        Read,
        $"{Select} WHERE {CertificateSubjects.Ends} AND usage IN ('send', 'receive') AND {NotRevoked} ORDER BY not_after, number",
        now.UtcTicks, until.UtcTicks);

    public static void AddHolder(SqliteSession session, StoreChange.AddHolder add) => session.Execute(
        "INSERT INTO certificate_holders (serial, holder) SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM certificates WHERE serial = $1 AND holder = $2) ON CONFLICT DO NOTHING", add.Serial.ToArray(), add.Holder);

    public static void RemoveHolders(SqliteSession session, byte[] serial)
    {
        session.Execute("UPDATE certificates SET holder = NULL WHERE serial = $1", serial);
        session.Execute("DELETE FROM certificate_holders WHERE serial = $1", serial);
    }

    public static IReadOnlyList<string> Holders(SqliteSession session, byte[] serial) => session.Rows(
        row => row.Text(0),
        "SELECT holder FROM certificates WHERE serial = $1 AND holder IS NOT NULL UNION SELECT holder FROM certificate_holders WHERE serial = $1 ORDER BY holder",
        serial);

    private static IssuedCertificate Read(SqliteRow row) => new(row.Octets(0), row.Text(1), row.Text(2), row.Time(3), PackedCertificate.Unpack(row.Span(4)))
    {
        KeyReference = row.TextOrNull(5),
        Generation = row.Number(6),
    };
}
