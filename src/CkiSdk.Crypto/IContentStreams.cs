namespace CkiSdk.Crypto;

/// <summary>Encrypts and decrypts contents of any length piece by piece; <see cref="IContentCipher"/> is for those that lie in memory as a whole.</summary>
public interface IContentStreams
{
    /// <summary>Starts the encryption of one content; a nonce is never used twice with one key.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="key">The key, copied; it stays the caller's.</param>
    /// <param name="nonce">The nonce of GCM, or the initialisation vector of CBC.</param>
    /// <param name="associated">What is authenticated but not encrypted; empty for CBC.</param>
    /// <returns>What takes the content.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or CBC was given something to authenticate.</exception>
    IContentEncryptor Encrypt(ContentEncryption algorithm, Secret key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated);

    /// <summary>Starts the decryption of one content.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="key">The key, copied; it stays the caller's.</param>
    /// <param name="nonce">The nonce of GCM, or the initialisation vector of CBC.</param>
    /// <param name="associated">What was authenticated but not encrypted; empty for CBC.</param>
    /// <returns>What takes the encrypted content.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or CBC was given something to authenticate.</exception>
    IContentDecryptor Decrypt(ContentEncryption algorithm, Secret key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated);
}
