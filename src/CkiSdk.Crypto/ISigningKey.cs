namespace CkiSdk.Crypto;

/// <summary>Signs with a private key that may lie in a token.</summary>
public interface ISigningKey : ILocatedKey
{
    /// <summary>Gets the public half as the DER of SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).</summary>
    ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Gets what the key can do, the preferred algorithm first.</summary>
    IReadOnlyList<SignatureAlgorithm> Algorithms { get; }

    /// <summary>Signs a message; hashing it is part of the algorithm.</summary>
    /// <param name="algorithm">One of <see cref="Algorithms"/>.</param>
    /// <param name="message">The octets to sign.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The signature value, ready for a BIT STRING.</returns>
    /// <exception cref="CryptoProviderException">The key cannot do the algorithm, or the device failed.</exception>
    ValueTask<byte[]> SignAsync(SignatureAlgorithm algorithm, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default);
}
