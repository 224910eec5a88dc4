namespace CkiSdk.Protocol.Storage;

/// <summary>Is a CMA certificate that was accepted: one's own or that of another domain. A CMA has several while its key changes.</summary>
/// <param name="Cma">The CMA's name in canonical form.</param>
/// <param name="Encoded">The DER of the certificate.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
public sealed record StoredAuthority(string Cma, ReadOnlyMemory<byte> Encoded, DateTimeOffset AcceptedAt);
