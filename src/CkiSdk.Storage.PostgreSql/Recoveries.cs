using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Holds the statements about requests for recovered keys.</summary>
internal static class Recoveries
{
    // With the approvers in the same row, so that a case is of one moment.
    private const string Select =
        """
        SELECT id, sender, transaction_id, request_hash, body, asked_at, refused_by, ARRAY(SELECT approver FROM recovery_approvals WHERE case_id = id ORDER BY position)
        FROM recovery_cases
        """;

    public static async ValueTask PutAsync(Session session, RecoveryCase put)
    {
        StoredRecords.RequireFollowing(await session.RowAsync(Read, $"{Select} WHERE id = $1", put.Id).ConfigureAwait(false), put);
        await session.ExecuteAsync(
            """
            INSERT INTO recovery_cases (id, sender, transaction_id, request_hash, body, asked_at, refused_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (id) DO UPDATE SET refused_by = excluded.refused_by
            """,
            put.Id, put.Transaction.Sender, put.Transaction.TransactionId, put.RequestHash, put.Body, put.AskedAt.UtcTicks, put.RefusedBy).ConfigureAwait(false);
        await session.ExecuteAsync("DELETE FROM recovery_approvals WHERE case_id = $1", put.Id).ConfigureAwait(false);
        await session.ExecuteAsync(
            "INSERT INTO recovery_approvals (case_id, position, approver) SELECT $1, place - 1, approver FROM unnest($2::text[]) WITH ORDINALITY AS a (approver, place)",
            put.Id, put.Approvers.ToArray()).ConfigureAwait(false);
    }

    public static ValueTask<IReadOnlyList<RecoveryCase>> ListAsync(Session session) => session.RowsAsync(Read, $"{Select} ORDER BY number");

    private static RecoveryCase Read(Row row) => new(row.Text(0), new TransactionKey(row.Text(1), row.Text(2)), row.Octets(3), row.Octets(4), row.Time(5))
    {
        RefusedBy = row.TextOrNull(6),
        Approvers = row.Texts(7),
    };
}
