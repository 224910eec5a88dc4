namespace CkiSdk.Crypto;

/// <summary>Decrypts keys with an RSA private key that may lie in a token.</summary>
public interface IDecryptionKey : IDisposable
{
    /// <summary>Gets the public half as the DER of SubjectPublicKeyInfo.</summary>
    ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Decrypts RSA-OAEP with SHA-256, MGF1-SHA-256 and an empty label (RFC 8017 §7.1).</summary>
    /// <param name="ciphertext">As long as the modulus.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The plaintext, or <see langword="null"/> without any reason if it does not decrypt.</returns>
    /// <exception cref="CryptoProviderException">The device failed.</exception>
    ValueTask<Secret?> DecryptAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken = default);
}
