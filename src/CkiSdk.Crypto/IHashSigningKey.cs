namespace CkiSdk.Crypto;

/// <summary>Signs hash values that somebody else computed; bridges to other libraries need it, and Ed25519 cannot do it.</summary>
public interface IHashSigningKey : ISigningKey
{
    /// <summary>Signs a hash value.</summary>
    /// <param name="algorithm">One of <see cref="ISigningKey.Algorithms"/>; its hash function made the value.</param>
    /// <param name="hash">The hash value, as long as the function's output.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The signature value, as <see cref="ISigningKey.SignAsync"/> gives it.</returns>
    /// <exception cref="ArgumentException">The hash value has another length.</exception>
    /// <exception cref="CryptoProviderException">The key cannot do the algorithm, or the device failed.</exception>
    ValueTask<byte[]> SignHashAsync(SignatureAlgorithm algorithm, ReadOnlyMemory<byte> hash, CancellationToken cancellationToken = default);
}
