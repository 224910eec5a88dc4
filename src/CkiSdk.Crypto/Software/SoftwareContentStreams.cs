using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Encrypts and decrypts contents piece by piece: by libcrypto, or where that is absent by BouncyCastle.</summary>
/// <param name="useLibCrypto">Whether libcrypto does it.</param>
internal sealed class SoftwareContentStreams(bool useLibCrypto) : IContentStreams
{
    /// <summary>Takes libcrypto where it is there.</summary>
    public SoftwareContentStreams()
        : this(LibCrypto.IsAvailable)
    {
    }

    /// <inheritdoc/>
    public IContentEncryptor Encrypt(ContentEncryption algorithm, Secret key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated) =>
        new SoftwareContentEncryptor(algorithm, Open(algorithm, key, nonce, associated, encrypt: true));

    /// <inheritdoc/>
    public IContentDecryptor Decrypt(ContentEncryption algorithm, Secret key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated) =>
        new SoftwareContentDecryptor(algorithm, Open(algorithm, key, nonce, associated, encrypt: false));

    private IBlockTransform Open(ContentEncryption algorithm, Secret key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, bool encrypt)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length != algorithm.KeyLength())
            throw new ArgumentException($"The key must have {algorithm.KeyLength()} octets.", nameof(key));
        if (algorithm.IsAuthenticated() ? nonce.Length is < 1 or > 64 : nonce.Length != algorithm.BlockLength())
            throw new ArgumentException("The nonce has a wrong length.", nameof(nonce));
        if (!algorithm.IsAuthenticated() && !associated.IsEmpty)
            throw new ArgumentException("CBC authenticates nothing.", nameof(associated));
        return useLibCrypto
            ? new LibCryptoTransform(algorithm, key, nonce, associated, encrypt)
            : new BouncyCastleTransform(algorithm, key, nonce, associated, encrypt);
    }
}
