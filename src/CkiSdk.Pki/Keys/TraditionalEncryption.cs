using System.Security.Cryptography;
using CkiSdk.Crypto;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace CkiSdk.Pki.Keys;

/// <summary>Reads and writes PEM with the headers Proc-Type and DEK-Info, as OpenSSL wrote private keys for long (RFC 1421 §4.6).</summary>
internal static class TraditionalEncryption
{
    private const int SaltLength = 8;
    private const int AesBlockLength = 16;

    /// <summary>Decrypts.</summary>
    /// <param name="encryption">The value of DEK-Info: cipher and initialization vector in hexadecimal.</param>
    /// <param name="data">The ciphertext.</param>
    /// <param name="password">The password.</param>
    /// <exception cref="KeyFileException">The password is wrong, or the cipher is not read.</exception>
    public static Secret Decrypt(string encryption, ReadOnlySpan<byte> data, Secret password)
    {
        var comma = encryption.IndexOf(',', StringComparison.Ordinal);
        var name = comma < 0 ? encryption : encryption[..comma].Trim();
        var (keyLength, blockLength) = name.ToUpperInvariant() switch
        {
            "AES-128-CBC" => (16, AesBlockLength),
            "AES-192-CBC" => (24, AesBlockLength),
            "AES-256-CBC" => (32, AesBlockLength),
            "DES-EDE3-CBC" => (24, 8),
            "DES-CBC" => (8, 8),
            _ => throw LegacyPbe.Unsupported($"The cipher {name} of DEK-Info is not read."),
        };
        var iv = IvOf(encryption[(comma + 1)..].Trim());
        if (iv.Length != blockLength)
            throw LegacyPbe.Unsupported("The initialization vector has a wrong length.");
        using var key = DeriveKey(password, iv.AsSpan(0, SaltLength), keyLength);
        using var blocks = keyLength == 8 ? DecryptDes(key, iv, data) : DecryptBlocks(blockLength == 8, key, iv, data);
        return Trim(blocks, blockLength);
    }

    /// <summary>Encrypts by AES-256.</summary>
    /// <returns>The header lines of the PEM with the empty line behind them, and the ciphertext.</returns>
    public static (string Headers, byte[] Data) Encrypt(ReadOnlySpan<byte> plaintext, Secret password, IRandomSource random)
    {
        var iv = random.Octets(AesBlockLength);
        using var key = DeriveKey(password, iv.AsSpan(0, SaltLength), 32);
        return ($"Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,{Convert.ToHexString(iv)}\n\n", CbcCiphers.Encrypt(ContentEncryption.Aes256Cbc, key, iv, plaintext));
    }

    // The length of the DER says where the key ends, because not everybody fills the last block as PKCS #7 says: tcllib writes octets 9, whatever their
    // number. So the padding is never looked at, and whatever does not fit ends in the one answer for a wrong password.
    private static Secret Trim(Secret blocks, int blockLength)
    {
        var span = blocks.Span;
        var length = SecretDer.SequenceLength(span);
        return length > 0 && length < span.Length && span.Length - length <= blockLength ? Secret.From(span[..length]) : throw LegacyPbe.Wrong();
    }

    private static Secret DecryptBlocks(bool isTripleDes, Secret key, byte[] iv, ReadOnlySpan<byte> data)
    {
#pragma warning disable CA5350 // triple DES reads old files only
        using SymmetricAlgorithm cipher = isTripleDes ? TripleDES.Create() : Aes.Create();
#pragma warning restore CA5350
        using var plaintext = new Secret(data.Length);
        try
        {
            cipher.SetKey(key.Span);
            if (data.Length > 0 && cipher.TryDecryptCbc(data, iv, plaintext.Span, out var length, PaddingMode.None))
                return Secret.From(plaintext.Span[..length]);
        }
        catch (CryptographicException)
        {
            // Refused below in one way for all causes.
        }

        throw LegacyPbe.Wrong();
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

    private static Secret DecryptDes(Secret key, byte[] iv, ReadOnlySpan<byte> data)
    {
        try
        {
            var cipher = new BufferedBlockCipher(new CbcBlockCipher(new DesEngine()));
            cipher.Init(forEncryption: false, new ParametersWithIV(new DesParameters(key.Span.ToArray()), iv));
            return SecretDer.Take(cipher.DoFinal(data.ToArray()));
        }
        catch (Exception e) when (e is CryptoException or ArgumentException)
        {
            throw LegacyPbe.Wrong();
        }
    }
}
