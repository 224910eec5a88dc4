namespace CkiSdk.Crypto;

/// <summary>Encrypts and authenticates contents by AES-GCM (NIST SP 800-38D) with a nonce of 12 and a tag of 16 octets.</summary>
public interface IContentCipher
{
    /// <summary>Encrypts a content; a nonce is never used twice with one key.</summary>
    /// <param name="key">32 octets; 16 or 24 for the sake of others.</param>
    /// <param name="nonce">12 octets.</param>
    /// <param name="plaintext">The content.</param>
    /// <param name="associated">What is authenticated but not encrypted.</param>
    /// <param name="ciphertext">Receives as many octets as the content has.</param>
    /// <param name="tag">Receives 16 octets.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    void Encrypt(Secret key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associated, Span<byte> ciphertext, Span<byte> tag);

    /// <summary>Checks and decrypts a content.</summary>
    /// <param name="key">32 octets; 16 or 24 for the sake of others.</param>
    /// <param name="nonce">12 octets.</param>
    /// <param name="ciphertext">The encrypted content.</param>
    /// <param name="tag">16 octets.</param>
    /// <param name="associated">What was authenticated but not encrypted.</param>
    /// <returns>The content, or <see langword="null"/> if the tag is wrong.</returns>
    /// <exception cref="ArgumentException">The key's length is wrong.</exception>
    Secret? Decrypt(Secret key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associated);
}
