using CkiSdk.Protocol.Server;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Reads and writes the table of final answers.</summary>
internal static class Answers
{
    /// <summary>Adds an answer; false where the transaction has one.</summary>
    public static bool TryAdd(SqliteSession session, TransactionKey transaction, StoredAnswer answer) => session.Execute(
        "INSERT INTO answers (sender, transaction_id, request_hash, body, text, answered_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        transaction.Sender, transaction.TransactionId, answer.RequestHash.ToArray(), answer.Body.ToArray(), answer.Text, answer.AnsweredAt.UtcTicks) == 1;

    /// <summary>Finds an answer.</summary>
    public static StoredAnswer? Find(SqliteSession session, TransactionKey transaction) => session.Row(
        row => new StoredAnswer(
            row.GetFieldValue<byte[]>(0),
            row.GetFieldValue<byte[]>(1),
            row.IsDBNull(2) ? null : row.GetString(2),
            new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero)),
        "SELECT request_hash, body, text, answered_at FROM answers WHERE sender = $1 AND transaction_id = $2",
        transaction.Sender, transaction.TransactionId);
}
