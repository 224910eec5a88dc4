using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Server;

/// <summary>Says who changes something at an authority, and why; the audit log keeps it.</summary>
/// <param name="Operator">Who; that it is he is for the caller to make sure of.</param>
/// <param name="Reason">Why, in his words; no secret.</param>
public sealed record OperatorNote(DistinguishedName Operator, string Reason)
{
    internal AuditEntry ToEntry(DateTimeOffset at, string what, string detail) => new(at, what, Operator.Canonical, $"{detail}; why: {Reason}");
}
