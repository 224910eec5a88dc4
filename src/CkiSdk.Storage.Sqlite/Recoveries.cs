using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Holds the statements about requests for recovered keys.</summary>
internal static class Recoveries
{
    private const string Select = "SELECT id, sender, transaction_id, request_hash, body, asked_at, refused_by FROM recovery_cases";

    public static void Put(SqliteSession session, RecoveryCase put)
    {
        var known = session.Row(Read, $"{Select} WHERE id = $1", put.Id);
        StoredRecords.RequireFollowing(known is null ? null : known with { Approvers = Approvers(session, put.Id) }, put);
        session.Execute(
            """
            INSERT INTO recovery_cases (id, sender, transaction_id, request_hash, body, asked_at, refused_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (id) DO UPDATE SET refused_by = $7
            """,
            put.Id, put.Transaction.Sender, put.Transaction.TransactionId, put.RequestHash.ToArray(), put.Body.ToArray(), put.AskedAt.UtcTicks, put.RefusedBy);
        session.Execute("DELETE FROM recovery_approvals WHERE case_id = $1", put.Id);
        foreach (var (position, approver) in put.Approvers.Index())
            session.Execute("INSERT INTO recovery_approvals (case_id, position, approver) VALUES ($1, $2, $3)", put.Id, position, approver);
    }

    public static IReadOnlyList<RecoveryCase> List(SqliteSession session)
    {
        var cases = session.Rows(Read, $"{Select} ORDER BY number");
        return [.. cases.Select(found => found with { Approvers = Approvers(session, found.Id) })];
    }

    private static IReadOnlyList<string> Approvers(SqliteSession session, string id) =>
        session.Rows(row => row.Text(0), "SELECT approver FROM recovery_approvals WHERE case_id = $1 ORDER BY position", id);

    private static RecoveryCase Read(SqliteRow row) => new(row.Text(0), new TransactionKey(row.Text(1), row.Text(2)), row.Octets(3), row.Octets(4), row.Time(5))
    {
        RefusedBy = row.TextOrNull(6),
    };
}
