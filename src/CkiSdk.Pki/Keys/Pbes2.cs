using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS5v21;
using CkiSdk.Asn1.Modules.Scrypt0;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;

namespace CkiSdk.Pki.Keys;

/// <summary>Encrypts and decrypts by PBES2: a key from PBKDF2 or scrypt, and AES or triple DES in CBC mode (RFC 8018 §6.2, RFC 7914).</summary>
internal static class Pbes2
{
    /// <summary>Decrypts.</summary>
    /// <exception cref="KeyFileException">The password is wrong, an algorithm is not read, or a limit is exceeded.</exception>
    public static Secret Decrypt(PBES2Params parameters, ReadOnlySpan<byte> data, Secret password, KeyFileLimits limits)
    {
        var scheme = parameters.EncryptionScheme;
        var cipher = CipherOf(scheme.Algorithm);
        if (scheme.Parameters is not { } encoded || !TryReadOctets(encoded.Encoded, out var iv))
            throw LegacyPbe.Unsupported("The initialization vector is malformed.");
        using var key = Derive(parameters.KeyDerivationFunc, password, cipher.KeyLength(), limits);
        return CbcCiphers.Decrypt(cipher, key, iv, data);
    }

    /// <summary>Encrypts by AES-256.</summary>
    public static (PBES2Params Parameters, byte[] Data) Encrypt(Secret plaintext, Secret password, KeyProtection protection, IRandomSource random)
    {
        var derivation = protection.MakeParameters(random.Octets(16));
        var iv = random.Octets(16);
        using var key = Derive(derivation, password, 32, KeyFileLimits.Default with { MaxIterations = int.MaxValue });
        var scheme = new AlgorithmIdentifier { Algorithm = PKCS5v21Values.Aes256CBCPAD, Parameters = new AnyValue((byte[])[0x04, 16, .. iv]) };
        return (new PBES2Params { KeyDerivationFunc = derivation, EncryptionScheme = scheme }, CbcCiphers.Encrypt(ContentEncryption.Aes256Cbc, key, iv, plaintext.Span));
    }

    private static bool TryReadOctets(ReadOnlyMemory<byte> der, out OctetString octets)
    {
        octets = default;
        if (der.Length < 2 || der.Span[0] != 0x04 || der.Span[1] != der.Length - 2)
            return false;
        octets = der[2..];
        return true;
    }

    private static ContentEncryption CipherOf(ObjectIdentifier oid) => oid switch
    {
        _ when oid == PKCS5v21Values.Aes128CBCPAD => ContentEncryption.Aes128Cbc,
        _ when oid == PKCS5v21Values.Aes192CBCPAD => ContentEncryption.Aes192Cbc,
        _ when oid == PKCS5v21Values.Aes256CBCPAD => ContentEncryption.Aes256Cbc,
        _ when oid == PKCS5v21Values.DesEDE3CBC => ContentEncryption.TripleDesCbc,
        _ => throw LegacyPbe.Unsupported($"The cipher {oid} is not read."),
    };

    private static Secret Derive(AlgorithmIdentifier function, Secret password, int length, KeyFileLimits limits)
    {
        if (Pbkdf2Parameters.Read(function) is { } parameters)
            return Pbkdf2(parameters, password, length, limits);
        return function.Algorithm == Scrypt0Values.IdScrypt && function.Parameters is { } scrypt && ScryptParams.TryDecode(scrypt.Encoded, out var costs)
            ? Scrypt(costs, password, length, limits)
            : throw LegacyPbe.Unsupported($"The key derivation {function.Algorithm} is not read, or its parameters are not.");
    }

    private static Secret Pbkdf2(Pbkdf2Parameters parameters, Secret password, int length, KeyFileLimits limits) =>
        parameters.KeyLength is { } stated && stated != length
            ? throw LegacyPbe.Unsupported("The length of the derived key is not read.")
            : PasswordDerivation.Pbkdf2(parameters.Function, password, parameters.Salt.Span, LegacyPbe.Limited(parameters.Iterations, limits), length);

    private static Secret Scrypt(ScryptParams parameters, Secret password, int length, KeyFileLimits limits)
    {
        if (parameters.KeyLength is { } stated && stated != length)
            throw LegacyPbe.Unsupported("The length of the derived key is not read.");
        if (!parameters.CostParameter.TryToInt32(out var n) || !parameters.BlockSize.TryToInt32(out var r) || !parameters.ParallelizationParameter.TryToInt32(out var p)
            || 128L * n * r > limits.MaxScryptMemory || r > (1 << 20) || (long)n * r > limits.MaxScryptWork / p)
            throw new KeyFileException(KeyFileError.LimitExceeded, "The key asks for more work or memory of scrypt than the limits allow.");
        return n > 1 && (n & (n - 1)) == 0 && (r > 1 || n < 1 << 16) // RFC 7914 2: N is below 2^(16·r)
            ? PasswordDerivation.Scrypt(password, parameters.Salt.Span, n, r, p, length)
            : throw LegacyPbe.Unsupported("The cost of scrypt is no power of two, or too great for its block size.");
    }
}
