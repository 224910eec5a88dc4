using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Crypto;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Paddings;
using Org.BouncyCastle.Crypto.Parameters;

namespace CkiSdk.Pki.Keys;

/// <summary>Decrypts PEM with the headers Proc-Type and DEK-Info, as OpenSSL wrote private keys for long (RFC 1421 §4.6). Nothing is written so.</summary>
internal static class TraditionalEncryption
{
    private const int SaltLength = 8;

    /// <summary>Decrypts.</summary>
    /// <param name="encryption">The value of DEK-Info: cipher and initialization vector in hexadecimal.</param>
    /// <param name="data">The ciphertext.</param>
    /// <param name="password">The password.</param>
    /// <exception cref="KeyFileException">The password is wrong, or the cipher is not read.</exception>
    public static Secret Decrypt(string encryption, ReadOnlySpan<byte> data, Secret password)
    {
        var comma = encryption.IndexOf(',', StringComparison.Ordinal);
        var name = comma < 0 ? encryption : encryption[..comma].Trim();
        OctetString iv = IvOf(encryption[(comma + 1)..].Trim());
        if (name.Equals("DES-CBC", StringComparison.OrdinalIgnoreCase))
            return DecryptDes(password, iv, data);
        var cipher = name.ToUpperInvariant() switch
        {
            "AES-128-CBC" => ContentEncryption.Aes128Cbc,
            "AES-192-CBC" => ContentEncryption.Aes192Cbc,
            "AES-256-CBC" => ContentEncryption.Aes256Cbc,
            "DES-EDE3-CBC" => ContentEncryption.TripleDesCbc,
            _ => throw LegacyPbe.Unsupported($"The cipher {name} of DEK-Info is not read."),
        };
        using var key = DeriveKey(password, iv.Span[..SaltLength], cipher.KeyLength());
        return CbcCiphers.Decrypt(cipher, key, iv, data);
    }

    private static byte[] IvOf(string hex)
    {
        try
        {
            var iv = Convert.FromHexString(hex);
            return iv.Length >= SaltLength ? iv : throw LegacyPbe.Unsupported("The initialization vector of DEK-Info is too short.");
        }
        catch (FormatException e)
        {
            throw new KeyFileException(KeyFileError.Malformed, "DEK-Info is malformed.", e);
        }
    }

    // MD5(previous block || password || salt) again and again: one iteration, which is why nothing is written so.
    private static Secret DeriveKey(Secret password, ReadOnlySpan<byte> salt, int length)
    {
        var key = new Secret(length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var block = new Secret(16);
        for (var done = 0; done < length; done += block.Length)
        {
            if (done > 0)
                hash.AppendData(block.Span);
            hash.AppendData(password.Span);
            hash.AppendData(salt);
            hash.GetHashAndReset(block.Span);
            block.Span[..Math.Min(block.Length, length - done)].CopyTo(key.Span[done..]);
        }

        return key;
    }

    private static Secret DecryptDes(Secret password, OctetString iv, ReadOnlySpan<byte> data)
    {
        using var key = DeriveKey(password, iv.Span[..SaltLength], 8);
        try
        {
            var cipher = new PaddedBufferedBlockCipher(new CbcBlockCipher(new DesEngine()));
            cipher.Init(forEncryption: false, new ParametersWithIV(new DesParameters(key.Span.ToArray()), iv.ToArray()));
            return SecretDer.Take(cipher.DoFinal(data.ToArray()));
        }
        catch (Exception e) when (e is CryptoException or ArgumentException)
        {
            throw LegacyPbe.Wrong();
        }
    }
}
