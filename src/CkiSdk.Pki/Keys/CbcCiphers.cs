using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Keys;

/// <summary>Encrypts and decrypts in CBC mode with the padding of PKCS #7 by the framework.</summary>
internal static class CbcCiphers
{
    /// <summary>The length of a key of triple DES.</summary>
    public const int TripleDesKeyLength = 24;

    /// <summary>Decrypts by triple DES or AES.</summary>
    /// <exception cref="KeyFileException">The padding is wrong, which a wrong password or a damaged file brings about.</exception>
    public static Secret Decrypt(bool isTripleDes, Secret key, OctetString iv, ReadOnlySpan<byte> data)
    {
#pragma warning disable CA5350 // triple DES reads old files only
        using SymmetricAlgorithm cipher = isTripleDes ? TripleDES.Create() : Aes.Create();
#pragma warning restore CA5350
        if (iv.Length != cipher.BlockSize / 8)
            throw LegacyPbe.Unsupported("The initialization vector has a wrong length.");
        using var plaintext = new Secret(data.Length + 1);
        try
        {
            SetKey(cipher, key);
            if (data.Length > 0 && cipher.TryDecryptCbc(data, iv.Span, plaintext.Span, out var length))
                return Secret.From(plaintext.Span[..length]);
        }
        catch (CryptographicException)
        {
            // Refused below in one way for all causes.
        }

        throw LegacyPbe.Wrong();
    }

    /// <summary>Encrypts by AES.</summary>
    public static byte[] EncryptAes(Secret key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plaintext)
    {
        using var cipher = Aes.Create();
        SetKey(cipher, key);
        return cipher.EncryptCbc(plaintext, iv);
    }

    private static void SetKey(SymmetricAlgorithm cipher, Secret key) => cipher.SetKey(key.Span);
}
