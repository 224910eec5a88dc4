using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Is a user who may receive messages.</summary>
/// <param name="Name">His name, exactly as in all his certificates.</param>
/// <param name="Home">The CMA of his domain in canonical form; null for the own one.</param>
internal sealed record Recipient(DistinguishedName Name, string? Home);
