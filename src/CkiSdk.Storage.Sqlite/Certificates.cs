using CkiSdk.Protocol.Server;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Reads and writes the tables of serial numbers and of certificates.</summary>
internal static class Certificates
{
    /// <summary>Takes a serial number; false where it was ever taken.</summary>
    public static bool TryReserve(SqliteSession session, byte[] serial, TransactionKey transaction, DateTimeOffset now) => session.Execute(
        "INSERT INTO serials (serial, sender, transaction_id, reserved_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        serial, transaction.Sender, transaction.TransactionId, now.UtcTicks) == 1;

    /// <summary>Adds a certificate under the serial number that its transaction has taken.</summary>
    /// <exception cref="InvalidOperationException">The transaction has not taken that number.</exception>
    public static void Add(SqliteSession session, IssuedCertificate certificate, TransactionKey transaction)
    {
        var serial = certificate.Serial.ToArray();
        var isReserved = session.Scalar(
            "SELECT 1 FROM serials WHERE serial = $1 AND sender = $2 AND transaction_id = $3", serial, transaction.Sender, transaction.TransactionId);
        if (isReserved is null)
            throw new InvalidOperationException($"The serial number {Convert.ToHexString(serial)} was not reserved for this transaction; reserve it before signing.");
        session.Execute(
            "INSERT INTO certificates (serial, usage, subject, not_after, encoded) VALUES ($1, $2, $3, $4, $5)",
            serial, certificate.Usage, certificate.Subject, certificate.NotAfter.UtcTicks, certificate.Encoded.ToArray());
    }

    /// <summary>Finds a certificate.</summary>
    public static IssuedCertificate? Find(SqliteSession session, byte[] serial) => session.Row(
        row => new IssuedCertificate(
            serial, row.GetString(0), row.GetString(1), new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero), row.GetFieldValue<byte[]>(3)),
        "SELECT usage, subject, not_after, encoded FROM certificates WHERE serial = $1",
        serial);
}
