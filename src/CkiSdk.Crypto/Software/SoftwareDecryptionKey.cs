using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Decrypts by the framework's RSA with a key in memory.</summary>
public sealed class SoftwareDecryptionKey : IDecryptionKey
{
    private readonly RSA _key;

    internal SoftwareDecryptionKey(RSA key)
    {
        _key = PrivateKeyRules.Check(key, out _);
        SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo();
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <inheritdoc/>
    public ValueTask<Secret?> DecryptAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Decrypt(ciphertext.Span));
    }

    /// <summary>Exports the private key as the DER of PrivateKeyInfo.</summary>
    /// <returns>The DER, owned by the caller.</returns>
    public Secret ExportPkcs8() => Pkcs8.Export(_key);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private Secret? Decrypt(ReadOnlySpan<byte> ciphertext)
    {
        using var buffer = new Secret((_key.KeySize + 7) / 8);
        if (ciphertext.Length != buffer.Length)
            return null;
        try
        {
            var decrypted = _key.TryDecrypt(ciphertext, buffer.Span, RSAEncryptionPadding.OaepSHA256, out var length);
            return decrypted ? Secret.From(buffer.Span[..length]) : null;
        }
        catch (CryptographicException)
        {
            return null; // no reason: it would be an oracle (RFC 8017 §7.1.2)
        }
    }
}
