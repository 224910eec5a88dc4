using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Is a user who may receive messages.</summary>
/// <param name="Name">His name, exactly as in all his certificates.</param>
/// <param name="Home">The CMA of his domain in canonical form; null for the own one.</param>
/// <param name="Fix">What fixes his name, where that has not been done yet; null for nothing.</param>
internal sealed record Recipient(DistinguishedName Name, string? Home, StoreChange.FixName? Fix = null);
