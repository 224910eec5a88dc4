using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Finds answers by their transactions: a small table of marks takes the new ones, and gives them on to a large one a stretch at a time.</summary>
internal static class AnswerMarks
{
    /// <summary>The condition for answers that may be those of the mark $1.</summary>
    public const string MayBe = "number IN (SELECT number FROM recent_marks WHERE mark = $1 UNION ALL SELECT number FROM older_marks WHERE mark = $1)";

    // So many are in the small table in the middle. More of them would make each commit write more pages of it, fewer would bring fewer to each page of the large one.
    private const int Middle = 2048;

    // Fewer at a time would cost more statements than they save pages.
    private const int FewestMoved = 64;

    private const int LongestOnStack = 512;
    private const int MarkedAtOnce = 1 << 16;

    /// <summary>Computes the mark of a transaction: the first 8 octets of SHA-256 over sender, a zero octet and identifier. Users choose identifiers, and shall not choose marks.</summary>
    public static long Of(TransactionKey transaction)
    {
        var most = Encoding.UTF8.GetMaxByteCount(transaction.Sender.Length + 1 + transaction.TransactionId.Length);
        var octets = most <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[most];
        var length = Encoding.UTF8.GetBytes(transaction.Sender, octets);
        octets[length++] = 0;
        length += Encoding.UTF8.GetBytes(transaction.TransactionId, octets[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(octets[..length], hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    /// <summary>Marks the answer that was inserted last.</summary>
    public static void Add(SqliteSession session, long mark)
    {
        session.Execute("INSERT INTO recent_marks (mark, number) VALUES ($1, last_insert_rowid())", mark);
        session.Group.Marks++;
    }

    /// <summary>Moves about as many marks as the transaction has added into the large table: those of the next stretch, so that they lie close together there. The writer calls it before each commit.</summary>
    public static void Move(SqliteSession session)
    {
        var state = session.Group;
        if (state.Marks < FewestMoved) return;

        // A round over all marks takes as long as twice the middle is added; the unsigned sum begins anew behind the highest mark.
        var (first, width) = (state.NextMark, (ulong)state.Marks * (ulong.MaxValue / (2 * Middle)));
        var last = state.Marks >= 2 * Middle || first + width < first ? ulong.MaxValue : first + width;
        session.Execute("INSERT INTO older_marks (mark, number) SELECT mark, number FROM recent_marks WHERE mark BETWEEN $1 AND $2", Signed(first), Signed(last));
        session.Execute("DELETE FROM recent_marks WHERE mark BETWEEN $1 AND $2", Signed(first), Signed(last));
        (state.NextMark, state.Marks) = (last + 1, 0);
    }

    /// <summary>Marks the answers of a table that has no marks yet.</summary>
    public static void MarkAll(SqliteSession session)
    {
        for (long? last = 0; last is { } before;)
        {
            var marks = session.Rows(
                row => (Mark: Of(new TransactionKey(row.Text(1), row.Text(2))), Number: row.Number(0)),
                "SELECT number, sender, transaction_id FROM answers WHERE number > $1 ORDER BY number LIMIT $2", before, MarkedAtOnce);
            foreach (var (mark, number) in marks.OrderBy(each => each.Mark)) session.Execute("INSERT INTO older_marks (mark, number) VALUES ($1, $2)", mark, number);
            last = marks.Count == 0 ? null : marks[^1].Number;
        }
    }

    // Keeps the order: the lowest mark becomes the lowest number.
    private static long Signed(ulong place) => (long)(place ^ 0x8000_0000_0000_0000);
}
