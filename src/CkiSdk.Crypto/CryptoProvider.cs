namespace CkiSdk.Crypto;

/// <summary>Gathers every cryptographic operation that the upper floors need, each replaceable by itself.</summary>
/// <remarks>
/// A provider is a value that is passed explicitly; there is no default one. A token replaces only what it does:
/// <c>CryptoProviders.Software with { Keys = token }</c>.
/// </remarks>
public sealed record CryptoProvider
{
    /// <summary>Gets the name for logs.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what creates and imports private and secret keys.</summary>
    public required IKeyFactory Keys { get; init; }

    /// <summary>Gets the operations with other people's public keys.</summary>
    public required IPublicKeys PublicKeys { get; init; }

    /// <summary>Gets the finite-field Diffie-Hellman arithmetic.</summary>
    public required IDiffieHellman DiffieHellman { get; init; }

    /// <summary>Gets the authenticated encryption of contents.</summary>
    public required IContentCipher ContentCipher { get; init; }

    /// <summary>Gets the encryption of contents that do not fit into memory.</summary>
    public required IContentStreams ContentStreams { get; init; }

    /// <summary>Gets the wrapping of keys by keys.</summary>
    public required IKeyWrap KeyWrap { get; init; }

    /// <summary>Gets the hash functions.</summary>
    public required IDigests Digests { get; init; }

    /// <summary>Gets the source of randomness.</summary>
    public required IRandomSource Random { get; init; }
}
