using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Holds the statements about transactions, requests without an answer, and tokens of binds.</summary>
internal static class Answers
{
    private const string HasMark = "SELECT number FROM recent_marks WHERE mark = $1 UNION ALL SELECT number FROM older_marks WHERE mark = $1";
    private const string IsOf = $"{AnswerMarks.MayBe} AND sender = $2 AND transaction_id = $3";
    private const string Has = $"SELECT 1 FROM answers WHERE {IsOf}";

    /// <summary>Adds the answer of a transaction.</summary>
    /// <returns>False where the transaction has one.</returns>
    public static bool TryAdd(SqliteSession session, TransactionKey transaction, StoredAnswer answer, AnswerBody body)
    {
        // Others may have the mark, if hardly ever.
        var mark = AnswerMarks.Of(transaction);
        if (session.Scalar(HasMark, mark) is not null && session.Scalar(Has, mark, transaction.Sender, transaction.TransactionId) is not null) return false;
        session.Execute(
            "INSERT INTO answers (sender, transaction_id, request_hash, body, text, answered_at, certificates) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            transaction.Sender, transaction.TransactionId, answer.RequestHash, body.Rest, answer.Text, answer.AnsweredAt.UtcTicks, body.Certificates);
        AnswerMarks.Add(session, mark);
        return true;
    }

    public static StoredAnswer? Find(SqliteSession session, TransactionKey transaction)
    {
        // Certificates never go away: they can be read afterwards.
        var found = session.Row(
            row => Tuple.Create(new StoredAnswer(row.Octets(0), default, row.TextOrNull(2), row.Time(3)), new AnswerBody(row.Octets(1), row.IsNull(4) ? null : row.Octets(4))),
            $"SELECT request_hash, body, text, answered_at, certificates FROM answers WHERE {IsOf}",
            AnswerMarks.Of(transaction), transaction.Sender, transaction.TransactionId);
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
