using CkiSdk.Protocol;

namespace CkiSdk.Web.Access;

/// <summary>Is who looks at the pages.</summary>
/// <param name="Peer">Who he is by his certificate; null for whoever is at this machine, who reads only.</param>
/// <param name="IsOperator">Whether he may revoke and restore users.</param>
/// <param name="IsApprover">Whether the CMA lets him approve the recovery of keys.</param>
internal sealed record Visitor(Peer? Peer, bool IsOperator, bool IsApprover);
