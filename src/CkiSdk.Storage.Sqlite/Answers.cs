using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Holds the statements about transactions, requests without an answer, and tokens of binds.</summary>
internal static class Answers
{
    public static bool TryAdd(SqliteSession session, TransactionKey transaction, StoredAnswer answer, AnswerBody body) => session.Execute(
        "INSERT INTO answers (sender, transaction_id, request_hash, body, text, answered_at, certificates) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        transaction.Sender, transaction.TransactionId, answer.RequestHash, body.Rest, answer.Text, answer.AnsweredAt.UtcTicks, body.Certificates) == 1;

    public static StoredAnswer? Find(SqliteSession session, TransactionKey transaction)
    {
        // Certificates never go away: they can be read afterwards.
        var found = session.Row(
            row => Tuple.Create(new StoredAnswer(row.Octets(0), default, row.TextOrNull(2), row.Time(3)), new AnswerBody(row.Octets(1), row.IsNull(4) ? null : row.Octets(4))),
            "SELECT request_hash, body, text, answered_at, certificates FROM answers WHERE sender = $1 AND transaction_id = $2",
            transaction.Sender, transaction.TransactionId);
        return found is null ? null : found.Item1 with { Body = found.Item2.Whole(serial => Certificates.Encoded(session, serial)) };
    }

    public static void PutPending(SqliteSession session, PendingRequest request) => session.Execute(
        "INSERT OR REPLACE INTO pending_requests (recipient, transaction_id, message, sent_at) VALUES ($1, $2, $3, $4)",
        request.Recipient, request.TransactionId, request.Message.ToArray(), request.SentAt.UtcTicks);

    public static void RemovePending(SqliteSession session, string recipient, string transactionId) =>
        session.Execute("DELETE FROM pending_requests WHERE recipient = $1 AND transaction_id = $2", recipient, transactionId);

    public static IReadOnlyList<PendingRequest> Pending(SqliteSession session) => session.Rows(
        row => new PendingRequest(row.Text(0), row.Text(1), row.Octets(2), row.Time(3)),
        "SELECT recipient, transaction_id, message, sent_at FROM pending_requests ORDER BY rowid");

    public static bool TryTakeToken(SqliteSession session, string signer, string random, DateTimeOffset until, DateTimeOffset now)
    {
        session.Execute("DELETE FROM tokens WHERE until < $1", now.UtcTicks);
        return session.Execute("INSERT INTO tokens (signer, random, until) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", signer, random, until.UtcTicks) == 1;
    }
}
