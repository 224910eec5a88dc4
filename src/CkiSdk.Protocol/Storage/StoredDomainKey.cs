namespace CkiSdk.Protocol.Storage;

/// <summary>Is the domain certificate of the own domain with its private key (CKI Part 2 ¶27 d).</summary>
/// <param name="Certificate">The DER of the domain certificate.</param>
/// <param name="WrappedExponent">The private exponent, wrapped under the storage key (RFC 5649).</param>
public sealed record StoredDomainKey(ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> WrappedExponent);
