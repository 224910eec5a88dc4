namespace CkiSdk.Crypto;

/// <summary>Signs and verifies by the algorithm that suits the key best.</summary>
public static class SigningKeyExtensions
{
    private static readonly SignatureAlgorithm[] Preferred =
    [
        SignatureAlgorithm.RsaPssSha256,
        SignatureAlgorithm.EcdsaSha256,
        SignatureAlgorithm.EcdsaSha384,
        SignatureAlgorithm.EcdsaSha512,
        SignatureAlgorithm.Ed25519,
    ];

    /// <summary>Gives the algorithm of messages that name none: RSASSA-PSS with SHA-256, ECDSA with the hash of the curve's size, Ed25519.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The algorithm.</returns>
    public static SignatureAlgorithm DefaultAlgorithm(this ISigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Best(key.Algorithms);
    }

    /// <summary>Signs a message by the key's default algorithm.</summary>
    /// <param name="key">The key.</param>
    /// <param name="message">The octets to sign.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The signature value.</returns>
    /// <exception cref="CryptoProviderException">The device failed.</exception>
    public static ValueTask<byte[]> SignAsync(this ISigningKey key, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.SignAsync(key.DefaultAlgorithm(), message, cancellationToken);
    }

    /// <summary>Verifies a signature by the key's default algorithm.</summary>
    /// <param name="key">The key.</param>
    /// <param name="message">The octets that were signed.</param>
    /// <param name="signature">The signature value.</param>
    /// <returns><see langword="false"/> if the signature is wrong or malformed.</returns>
    public static bool Verify(this IVerificationKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Verify(Best(key.Algorithms), message, signature);
    }

    // A key's own first algorithm is that of its size; RSA alone prefers another than the most widely understood one.
    private static SignatureAlgorithm Best(IReadOnlyList<SignatureAlgorithm> algorithms) =>
        algorithms.Contains(SignatureAlgorithm.RsaPssSha256) ? SignatureAlgorithm.RsaPssSha256
        : algorithms.Count > 0 && Preferred.Contains(algorithms[0]) ? algorithms[0]
        : algorithms.FirstOrDefault(Preferred.Contains, algorithms[0]);
}
