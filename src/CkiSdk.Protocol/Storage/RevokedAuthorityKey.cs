namespace CkiSdk.Protocol.Storage;

/// <summary>Is the key of a CMA certificate that was revoked: no other certificate is made for it.</summary>
/// <param name="Sha256">The SHA-256 of the content of subjectPublicKey, 32 octets: without the algorithm, since an RSA key may stand under several.</param>
/// <param name="Cma">The CMA's name in canonical form.</param>
/// <param name="RevokedAt">When the certificate was revoked.</param>
public sealed record RevokedAuthorityKey(ReadOnlyMemory<byte> Sha256, string Cma, DateTimeOffset RevokedAt);
