using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Holds the statements about transactions, requests without an answer, and tokens of binds.</summary>
internal static class Answers
{
    public static async ValueTask<bool> TryAddAsync(Session session, TransactionKey transaction, StoredAnswer answer) => await session.ExecuteAsync(
        "INSERT INTO answers (sender, transaction_id, request_hash, body, answer_text, answered_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        transaction.Sender, transaction.TransactionId, answer.RequestHash, answer.Body, answer.Text, answer.AnsweredAt.UtcTicks).ConfigureAwait(false) == 1;

    public static ValueTask<StoredAnswer?> FindAsync(Session session, TransactionKey transaction) => session.RowAsync(
        row => new StoredAnswer(row.Octets(0), row.Octets(1), row.TextOrNull(2), row.Time(3)),
        "SELECT request_hash, body, answer_text, answered_at FROM answers WHERE sender = $1 AND transaction_id = $2",
        transaction.Sender, transaction.TransactionId);

    public static async ValueTask PutPendingAsync(Session session, PendingRequest request)
    {
        // It takes the last place, as a new one does.
        await RemovePendingAsync(session, request.Recipient, request.TransactionId).ConfigureAwait(false);
        await session.ExecuteAsync(
            "INSERT INTO pending_requests (recipient, transaction_id, message, sent_at) VALUES ($1, $2, $3, $4)",
            request.Recipient, request.TransactionId, request.Message, request.SentAt.UtcTicks).ConfigureAwait(false);
    }

    public static ValueTask<int> RemovePendingAsync(Session session, string recipient, string transactionId) =>
        session.ExecuteAsync("DELETE FROM pending_requests WHERE recipient = $1 AND transaction_id = $2", recipient, transactionId);

    public static ValueTask<IReadOnlyList<PendingRequest>> PendingAsync(Session session) => session.RowsAsync(
        row => new PendingRequest(row.Text(0), row.Text(1), row.Octets(2), row.Time(3)),
        "SELECT recipient, transaction_id, message, sent_at FROM pending_requests ORDER BY added");

    public static async ValueTask<bool> TryTakeTokenAsync(Session session, string signer, string random, DateTimeOffset until, DateTimeOffset now)
    {
        await session.ExecuteAsync("DELETE FROM tokens WHERE until < $1", now.UtcTicks).ConfigureAwait(false);
        return await session.ExecuteAsync(
            "INSERT INTO tokens (signer, random, until) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", signer, random, until.UtcTicks).ConfigureAwait(false) == 1;
    }
}
