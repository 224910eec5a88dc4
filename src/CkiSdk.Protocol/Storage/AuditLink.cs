namespace CkiSdk.Protocol.Storage;

/// <summary>Is an entry of the audit log at its place in the chain.</summary>
/// <param name="Number">Its place: 1, 2, and so on.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Hash">What <see cref="AuditChain.Next"/> gives for it and the hash before.</param>
public sealed record AuditLink(long Number, AuditEntry Entry, ReadOnlyMemory<byte> Hash);
