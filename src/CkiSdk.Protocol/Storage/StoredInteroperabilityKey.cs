namespace CkiSdk.Protocol.Storage;

/// <summary>Is an interoperability key in the store of a CMA.</summary>
/// <param name="MyReference">This CMA's reference, in hexadecimal; unique for ever.</param>
/// <param name="ExternalCma">The name of the other domain's CMA in canonical form; null for the key of the own domain.</param>
/// <param name="NotBefore">From when the key is in effect.</param>
/// <param name="NotAfter">Until when.</param>
/// <param name="WrappedKey">The key, wrapped under the storage key: 40 octets (RFC 3394).</param>
public sealed record StoredInteroperabilityKey(
    string MyReference, string? ExternalCma, DateTimeOffset NotBefore, DateTimeOffset NotAfter, ReadOnlyMemory<byte> WrappedKey)
{
    /// <summary>Gets the other CMA's reference, in hexadecimal; null for the key of the own domain.</summary>
    public string? YourReference { get; init; }

    /// <summary>Gets who supplied the key: the name of the TLCMA in canonical form, or null for a key that was made here or with the peer.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the DER of the own domain certificate that the key was made with; empty for a key that was not made with a peer.</summary>
    public ReadOnlyMemory<byte> DomainCertificate { get; init; }

    /// <summary>Gets the messageTime of the peer's request that was answered with the key, as long as the peer may still lack the answer: the own next request repeats what the answer said (CKI Part 2 ¶52). Null where he has the key or asks for it no longer.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>
    /// Gets whether no certificate is issued under the key any more: the store was restored from a backup since, and nobody knows which generations were used under it (profile section 1.2), or the peer has lost it or was taken off.
    /// It still serves what is there already. Once set, a store keeps it.
    /// </summary>
    public bool IsRetired { get; init; }

    /// <summary>Gets the DER of BaseModInfo that came with a key of the own domain, in force from the key's start (CKI Part 2 ¶36); empty where none came.</summary>
    public ReadOnlyMemory<byte> BaseAndModulus { get; init; }
}
