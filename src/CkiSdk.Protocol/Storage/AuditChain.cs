using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CkiSdk.Protocol.Storage;

/// <summary>Chains the entries of an audit log: the hash of each covers the one before, so that no entry can be changed, left out, put in or moved without all hashes after it.</summary>
/// <remarks>
/// Whoever may write the store can compute a new chain, and cut off its end together with the stored head. That shows only against a head that was noted
/// elsewhere: what the check of the log printed yesterday must still be in it today.
/// </remarks>
public static class AuditChain
{
    private const int LongestOnStack = 1024;

    /// <summary>Computes the head after one more entry: SHA-256 over the hash before, the number, and the fields of the entry, each with its length before it.</summary>
    /// <param name="head">The head before.</param>
    /// <param name="entry">The entry.</param>
    public static AuditHead Next(AuditHead head, AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(entry);
        var (name, party, detail) = (Encoding.UTF8.GetByteCount(entry.Event), Encoding.UTF8.GetByteCount(entry.Party), Encoding.UTF8.GetByteCount(entry.Detail));
        var length = (6 * sizeof(long)) + head.Hash.Length + name + party + detail;
        var octets = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        var rest = Append(octets, head.Hash.Length);
        head.Hash.Span.CopyTo(rest);
        rest = Append(Append(rest[head.Hash.Length..], head.Number + 1), entry.At.UtcTicks);
        rest = Append(Append(Append(rest, entry.Event, name), entry.Party, party), entry.Detail, detail);
        return new AuditHead(head.Number + 1, SHA256.HashData(octets));
    }

    /// <summary>Checks a log from its first entry on.</summary>
    /// <param name="log">The log.</param>
    /// <param name="noted">A head that was noted before, elsewhere than in the store; null for none.</param>
    public static AuditFinding Verify(AuditLog log, AuditHead? noted = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        var verifier = new AuditVerifier(noted);
        verifier.Add(log.Links);
        return verifier.Finish(log.Head);
    }

    private static Span<byte> Append(Span<byte> octets, string text, int length)
    {
        var rest = Append(octets, length);
        return rest[Encoding.UTF8.GetBytes(text, rest)..];
    }

    private static Span<byte> Append(Span<byte> octets, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(octets, number);
        return octets[sizeof(long)..];
    }
}
