namespace CkiSdk.Protocol.Storage;

/// <summary>Is an entry of a revoked user list.</summary>
/// <param name="CanonicalName">The user's name in canonical form.</param>
/// <param name="Name">The DER of his name.</param>
/// <param name="Reason">The number of the RevokeUserReason (CKI Part 2 ¶42).</param>
public sealed record RevokedUser(string CanonicalName, ReadOnlyMemory<byte> Name, int Reason);
