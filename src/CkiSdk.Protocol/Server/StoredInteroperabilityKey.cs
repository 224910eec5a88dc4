namespace CkiSdk.Protocol.Server;

/// <summary>Is an interoperability key as the store keeps it: never in the clear.</summary>
/// <param name="MyReference">This CMA's own reference, 16 random octets, in hexadecimal.</param>
/// <param name="ExternalCma">The other side's name in canonical form; null for the local key.</param>
/// <param name="NotBefore">The first second in which it is in effect.</param>
/// <param name="NotAfter">The last second in which it is in effect.</param>
/// <param name="WrappedKey">The key under the storage key, by AES key wrap (RFC 3394), 40 octets.</param>
public sealed record StoredInteroperabilityKey(
    string MyReference, string? ExternalCma, DateTimeOffset NotBefore, DateTimeOffset NotAfter, ReadOnlyMemory<byte> WrappedKey);
