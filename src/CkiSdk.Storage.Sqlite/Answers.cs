using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Holds the statements about transactions, requests without an answer, and tokens of binds.</summary>
internal static class Answers
{
    /// <summary>Moves the marks from $1 to $2 into the large table.</summary>
    public const string Move = "INSERT INTO older_answers (mark, number) SELECT mark, number FROM recent_answers WHERE mark BETWEEN $1 AND $2";

    /// <summary>Takes the moved ones away.</summary>
    public const string RemoveMoved = "DELETE FROM recent_answers WHERE mark BETWEEN $1 AND $2";

    private const string Marked = "SELECT number FROM recent_answers WHERE mark = $1 UNION ALL SELECT number FROM older_answers WHERE mark = $1";
    private const string IsOf = $"number IN ({Marked}) AND sender = $2 AND transaction_id = $3";
    private const int MarkedAtOnce = 1 << 16;

    /// <summary>Adds the answer of a transaction.</summary>
    /// <returns>False where the transaction has one.</returns>
    public static bool TryAdd(SqliteSession session, TransactionKey transaction, StoredAnswer answer, AnswerBody body)
    {
        // Others may have the mark, if hardly ever.
        var mark = MarkOf(transaction);
        if (session.Scalar(Marked, mark) is not null && session.Scalar($"SELECT 1 FROM answers WHERE {IsOf}", mark, transaction.Sender, transaction.TransactionId) is not null) return false;
        session.Execute(
            "INSERT INTO answers (sender, transaction_id, request_hash, body, text, answered_at, certificates) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            transaction.Sender, transaction.TransactionId, answer.RequestHash, body.Rest, answer.Text, answer.AnsweredAt.UtcTicks, body.Certificates);
        session.Execute("INSERT INTO recent_answers (mark, number) VALUES ($1, last_insert_rowid())", mark);
        session.Group.Answers.Added++;
        return true;
    }

    public static StoredAnswer? Find(SqliteSession session, TransactionKey transaction)
    {
        // Certificates never go away: they can be read afterwards.
        var found = session.Row(
            row => Tuple.Create(new StoredAnswer(row.Octets(0), default, row.TextOrNull(2), row.Time(3)), new AnswerBody(row.Octets(1), row.IsNull(4) ? null : row.Octets(4))),
            $"SELECT request_hash, body, text, answered_at, certificates FROM answers WHERE {IsOf}",
            MarkOf(transaction), transaction.Sender, transaction.TransactionId);
        return found is null ? null : found.Item1 with { Body = found.Item2.Whole(serial => Certificates.Encoded(session, serial)) };
    }

    /// <summary>Marks the answers of a table that has no marks yet.</summary>
    public static void MarkAll(SqliteSession session)
    {
        for (var last = 0L; ;)
        {
            var marks = session.Rows(
                row => (Mark: MarkOf(new TransactionKey(row.Text(1), row.Text(2))), Number: row.Number(0)),
                "SELECT number, sender, transaction_id FROM answers WHERE number > $1 ORDER BY number LIMIT $2", last, MarkedAtOnce);
            foreach (var (mark, number) in marks.OrderBy(each => each.Mark)) session.Execute("INSERT INTO older_answers (mark, number) VALUES ($1, $2)", mark, number);
            if (marks.Count < MarkedAtOnce) return;
            last = marks[^1].Number;
        }
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

    private static long MarkOf(TransactionKey transaction) => Marks.Of(transaction.Sender, transaction.TransactionId);
}
