namespace CkiSdk.Crypto;

/// <summary>Decrypts keys with an RSA private key that may lie in a token.</summary>
public interface IDecryptionKey : ILocatedKey
{
    /// <summary>Gets the public half as the DER of SubjectPublicKeyInfo.</summary>
    ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Decrypts (RFC 8017 §7).</summary>
    /// <param name="scheme">The scheme that the sender named.</param>
    /// <param name="ciphertext">As long as the modulus.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>
    /// The plaintext, or <see langword="null"/> without any reason if it does not decrypt; RSAES-PKCS1-v1_5 gives random octets instead if the padding is wrong,
    /// and <see langword="null"/> only for a ciphertext of a wrong length or value.
    /// </returns>
    /// <exception cref="CryptoProviderException">The key cannot do the scheme, or the device failed.</exception>
    ValueTask<Secret?> DecryptAsync(RsaEncryptionScheme scheme, ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken = default);
}
