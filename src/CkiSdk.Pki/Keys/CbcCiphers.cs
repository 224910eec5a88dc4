using CkiSdk.Asn1;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Pki.Keys;

/// <summary>Encrypts and decrypts key files by AES and triple DES in CBC mode; the padding is removed in constant time.</summary>
internal static class CbcCiphers
{
    private const int Room = 64; // for a padding, and for the block that is held back

    /// <summary>Decrypts and removes the padding.</summary>
    /// <exception cref="KeyFileException">The vector has a wrong length, or the padding is wrong.</exception>
    public static Secret Decrypt(ContentEncryption algorithm, Secret key, OctetString iv, ReadOnlySpan<byte> data)
    {
        if (iv.Length != algorithm.BlockLength())
            throw LegacyPbe.Unsupported("The initialization vector has a wrong length.");
        using var decryptor = CryptoProviders.Software.ContentStreams.Decrypt(algorithm, key, iv.Span, []);
        using var plaintext = new Secret(data.Length + Room);
        var length = decryptor.Update(data, plaintext.Span);
        return decryptor.TryFinish([], plaintext.Span[length..], out var rest) ? Secret.From(plaintext.Span[..(length + rest)]) : throw LegacyPbe.Wrong();
    }

    /// <summary>Pads and encrypts.</summary>
    public static byte[] Encrypt(ContentEncryption algorithm, Secret key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plaintext)
    {
        using var encryptor = CryptoProviders.Software.ContentStreams.Encrypt(algorithm, key, iv, []);
        var data = new byte[plaintext.Length + Room];
        var length = encryptor.Update(plaintext, data);
        length += encryptor.Finish(data.AsSpan(length), []);
        return data[..length];
    }
}
