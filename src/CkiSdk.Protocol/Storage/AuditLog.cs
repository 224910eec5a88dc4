namespace CkiSdk.Protocol.Storage;

/// <summary>Is an audit log as it was read, or a part of it.</summary>
/// <param name="Links">The entries in the order of their numbers.</param>
/// <param name="Head">The head that is stored beside them.</param>
public sealed record AuditLog(IReadOnlyList<AuditLink> Links, AuditHead Head);
