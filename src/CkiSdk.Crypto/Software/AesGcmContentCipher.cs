using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Encrypts by the framework's AES-GCM.</summary>
internal sealed class AesGcmContentCipher : IContentCipher
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <inheritdoc/>
    public void Encrypt(
        Secret key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> plaintext,
        ReadOnlySpan<byte> associated,
        Span<byte> ciphertext,
        Span<byte> tag)
    {
        using var cipher = Open(key);
        cipher.Encrypt(nonce, plaintext, ciphertext, tag, associated);
    }

    /// <inheritdoc/>
    public Secret? Decrypt(
        Secret key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> ciphertext,
        ReadOnlySpan<byte> tag,
        ReadOnlySpan<byte> associated)
    {
        using var cipher = Open(key);
        if (nonce.Length != NonceLength || tag.Length != TagLength)
            return null; // lengths come from the peer
        var plaintext = new Secret(ciphertext.Length);
        try
        {
            cipher.Decrypt(nonce, ciphertext, tag, plaintext.Span, associated);
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            plaintext.Dispose();
            return null;
        }
    }

    private static AesGcm Open(Secret key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Length is 16 or 24 or 32
            ? new AesGcm(key.Span, TagLength)
            : throw new ArgumentException("An AES key has 16, 24 or 32 octets.", nameof(key));
    }
}
