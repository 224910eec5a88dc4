using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Server;

/// <summary>Names an external domain in a request to the TLCMA (CKI Part 2 ¶28).</summary>
/// <param name="Name">Its CMA, or a user in it.</param>
/// <param name="IsUser">Whether the name is a user's.</param>
/// <param name="Validity">When the key shall be in effect; null leaves it to the TLCMA.</param>
public sealed record RequestedDomain(DistinguishedName Name, bool IsUser = false, (DateTimeOffset NotBefore, DateTimeOffset NotAfter)? Validity = null);
