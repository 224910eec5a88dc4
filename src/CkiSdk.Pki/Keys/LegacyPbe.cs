using System.Security.Cryptography;
using System.Text;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS12;
using CkiSdk.Asn1.Modules.PKCS5v21;
using CkiSdk.Crypto;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Paddings;

namespace CkiSdk.Pki.Keys;

/// <summary>Decrypts what old programs encrypted, by BouncyCastle: PBES1 (RFC 8018 §6.1) and the schemes of PKCS #12 (RFC 7292 appendix C). Nothing is written so.</summary>
internal static class LegacyPbe
{
    private static readonly Dictionary<ObjectIdentifier, Scheme> Schemes = new()
    {
        [PKCS5v21Values.PbeWithMD5AndDESCBC] = new(() => new Pkcs5S1ParametersGenerator(new MD5Digest()), "DES", 64),
        [PKCS5v21Values.PbeWithMD5AndRC2CBC] = new(() => new Pkcs5S1ParametersGenerator(new MD5Digest()), "RC2", 64),
        [PKCS5v21Values.PbeWithSHA1AndDESCBC] = new(() => new Pkcs5S1ParametersGenerator(new Sha1Digest()), "DES", 64),
        [PKCS5v21Values.PbeWithSHA1AndRC2CBC] = new(() => new Pkcs5S1ParametersGenerator(new Sha1Digest()), "RC2", 64),
        [PKCS12Values.PbeWithSHAAnd3KeyTripleDESCBC] = new(() => new Pkcs12ParametersGenerator(new Sha1Digest()), "DESede", 192),
        [PKCS12Values.PbeWithSHAAnd2KeyTripleDESCBC] = new(() => new Pkcs12ParametersGenerator(new Sha1Digest()), "DESede", 128),
        [PKCS12Values.PbeWithSHAAnd128BitRC2CBC] = new(() => new Pkcs12ParametersGenerator(new Sha1Digest()), "RC2", 128),
        [PKCS12Values.PbeWithSHAAnd40BitRC2CBC] = new(() => new Pkcs12ParametersGenerator(new Sha1Digest()), "RC2", 40),
    };

    private sealed record Scheme(Func<PbeParametersGenerator> Generator, string Cipher, int KeyBits);

    /// <summary>Decrypts.</summary>
    /// <exception cref="KeyFileException">The password is wrong, the algorithm is not read, or a limit is exceeded.</exception>
    public static Secret Decrypt(AlgorithmIdentifier algorithm, ReadOnlySpan<byte> data, Secret password, KeyFileLimits limits)
    {
        if (!Schemes.TryGetValue(algorithm.Algorithm, out var scheme) || algorithm.Parameters is not { } encoded)
            throw Unsupported($"The encryption {algorithm.Algorithm} is not read.");
        var generator = scheme.Generator();
        if (!TryReadParameters(encoded.Encoded, out var salt, out var count))
            throw Unsupported("The parameters of the encryption are malformed.");
        var octets = PasswordFor(generator, password);
        try
        {
            generator.Init(octets, salt.ToArray(), Limited(count, limits));
            var cipher = new PaddedBufferedBlockCipher(new CbcBlockCipher(EngineOf(scheme.Cipher)));
            cipher.Init(forEncryption: false, generator.GenerateDerivedParameters(scheme.Cipher, scheme.KeyBits, 64));
            return SecretDer.Take(cipher.DoFinal(data.ToArray()));
        }
        catch (Exception e) when (e is CryptoException or ArgumentException)
        {
            throw Wrong();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }
    }

    /// <summary>Says that an algorithm is not read.</summary>
    public static KeyFileException Unsupported(string reason) => new(KeyFileError.UnsupportedEncryption, reason);

    /// <summary>Says that the password is wrong, or the file damaged: nobody can tell which.</summary>
    public static KeyFileException Wrong() => new(KeyFileError.PasswordWrong, "The key does not decrypt: the password is wrong, or the file is damaged.");

    /// <summary>Checks a number of iterations.</summary>
    public static int Limited(Integer iterations, KeyFileLimits limits) =>
        iterations >= 1 && iterations.TryToInt32(out var count) && count <= limits.MaxIterations
            ? count
            : throw new KeyFileException(KeyFileError.LimitExceeded, $"The key asks for {iterations} iterations, and the limit is {limits.MaxIterations}.");

    // Both kinds of parameters are a salt and a count.
    private static bool TryReadParameters(ReadOnlyMemory<byte> der, out OctetString salt, out Integer count)
    {
        var isRead = Pkcs12PbeParams.TryDecode(der, out var parameters);
        (salt, count) = isRead ? (parameters!.Salt, parameters.Iterations) : default;
        return isRead;
    }

    // PBES1 takes octets as they are, PKCS #12 a BMPString with two zero octets behind it (RFC 7292 B.1).
    private static byte[] PasswordFor(PbeParametersGenerator generator, Secret password)
    {
        if (generator is not Pkcs12ParametersGenerator)
            return password.Span.ToArray();
        var characters = new char[Encoding.UTF8.GetMaxCharCount(password.Length)];
        var count = Encoding.UTF8.GetChars(password.Span, characters);
        var octets = PbeParametersGenerator.Pkcs12PasswordToBytes(characters[..count]);
        Array.Clear(characters);
        return octets;
    }

    private static IBlockCipher EngineOf(string cipher) => cipher switch
    {
        "DES" => new DesEngine(),
        "RC2" => new RC2Engine(),
        _ => new DesEdeEngine(),
    };
}
