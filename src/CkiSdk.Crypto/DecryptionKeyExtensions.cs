namespace CkiSdk.Crypto;

/// <summary>Decrypts by the scheme of whoever names none.</summary>
public static class DecryptionKeyExtensions
{
    /// <summary>Decrypts RSA-OAEP with SHA-256, MGF1-SHA-256 and an empty label (RFC 8017 §7.1).</summary>
    /// <param name="key">The key.</param>
    /// <param name="ciphertext">As long as the modulus.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The plaintext, or <see langword="null"/> without any reason if it does not decrypt.</returns>
    /// <exception cref="CryptoProviderException">The device failed.</exception>
    public static ValueTask<Secret?> DecryptAsync(this IDecryptionKey key, ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.DecryptAsync(RsaEncryptionScheme.OaepSha256, ciphertext, cancellationToken);
    }
}
