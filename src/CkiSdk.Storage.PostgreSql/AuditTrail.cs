using System.Data;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Is the end of the audit log in the hands of the transaction that writes, and what it adds: entries get their places at once and are written together before the commit.</summary>
/// <param name="head">The head that the transaction has found and holds.</param>
internal sealed class AuditTrail(AuditHead head)
{
    private readonly AuditHead _first = head;
    private readonly List<AuditLink> _links = [];

    /// <summary>Gets how many entries were added.</summary>
    public int Count => _links.Count;

    private AuditHead Head => _links.Count == 0 ? _first : new AuditHead(_links[^1].Number, _links[^1].Hash);

    /// <summary>Takes the head: from now on nobody else writes, until the transaction ends.</summary>
    public static async ValueTask<AuditTrail> HoldAsync(Session session) =>
        new((await session.RowAsync(ReadHead, "SELECT number, hash FROM audit_head FOR UPDATE").ConfigureAwait(false))!);

    /// <summary>Reads the log of one moment, or a part of it, although others write meanwhile.</summary>
    public static async ValueTask<AuditLog> ReadAsync(Session session, long after, long? most)
    {
        await session.BeginAsync(IsolationLevel.RepeatableRead).ConfigureAwait(false);
        var links = await session.RowsAsync(
            row => new AuditLink(row.Number(0), new AuditEntry(row.Time(1), row.Text(2), row.Text(3), row.Text(4)), row.Octets(5)),
            "SELECT number, at, event, party, detail, hash FROM audit WHERE number > $1 ORDER BY number LIMIT $2::bigint", after, most).ConfigureAwait(false);
        var head = await session.RowAsync(ReadHead, "SELECT number, hash FROM audit_head").ConfigureAwait(false);
        await session.RollbackAsync().ConfigureAwait(false);
        return new AuditLog(links, head ?? AuditHead.Empty);
    }

    /// <summary>Adds an entry.</summary>
    public void Add(AuditEntry entry)
    {
        var next = AuditChain.Next(Head, entry);
        _links.Add(new AuditLink(next.Number, entry, next.Hash));
    }

    /// <summary>Takes back what was added last.</summary>
    /// <param name="count">How many entries stay.</param>
    public void CutTo(int count) => _links.RemoveRange(count, _links.Count - count);

    /// <summary>Writes what was added.</summary>
    public async ValueTask WriteAsync(Session session)
    {
        if (_links.Count == 0) return;
        await session.ExecuteAsync(
            """
            INSERT INTO audit (number, at, event, party, detail, hash)
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::bytea[])
            """,
            Column(link => link.Number), Column(link => link.Entry.At.UtcTicks), Column(link => link.Entry.Event), Column(link => link.Entry.Party),
            Column(link => link.Entry.Detail), Column(link => link.Hash.ToArray())).ConfigureAwait(false);
        await session.ExecuteAsync("UPDATE audit_head SET number = $1, hash = $2", Head.Number, Head.Hash).ConfigureAwait(false);
    }

    private T[] Column<T>(Func<AuditLink, T> read) => [.. _links.Select(read)];

    private static AuditHead ReadHead(Row row) => new(row.Number(0), row.Octets(1));
}
