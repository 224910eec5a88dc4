using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Computes the marks by which rows are found, and moves them from the small table that takes them into the large one.</summary>
internal static class Marks
{
    // So many are in a small table in the middle. More of them would make each commit write more pages of it, fewer would bring fewer to each page of the large one.
    private const int Middle = 2048;

    // Fewer at a time would cost more statements than they save pages.
    private const int FewestMoved = 64;

    private const int LongestOnStack = 512;

    /// <summary>Computes a mark: the first 8 octets of SHA-256 over both texts with a zero octet between them. Others choose what is in them, and shall not choose marks.</summary>
    public static long Of(string first, string second)
    {
        var most = Encoding.UTF8.GetMaxByteCount(first.Length + 1 + second.Length);
        var octets = most <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[most];
        var length = Encoding.UTF8.GetBytes(first, octets);
        octets[length++] = 0;
        length += Encoding.UTF8.GetBytes(second, octets[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(octets[..length], hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    /// <summary>Moves marks into the large tables; the writer calls it before each commit.</summary>
    public static void Move(SqliteSession session)
    {
        Move(session, session.Group.Answers, Answers.Move, Answers.RemoveMoved);
        Move(session, session.Group.Subjects, CertificateSubjects.Move, CertificateSubjects.RemoveMoved);
    }

    // About as many as were added: those of the next stretch, because they lie close together in the large table, too.
    private static void Move(SqliteSession session, MarkStretch stretch, string move, string remove)
    {
        if (stretch.Added < FewestMoved) return;
        var (first, last) = stretch.Take(2 * Middle);
        session.Execute(move, first, last);
        session.Execute(remove, first, last);
    }
}
