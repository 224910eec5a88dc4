using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace CkiSdk.Crypto;

/// <summary>Derives keys from passwords: PBKDF2 by the framework, scrypt by BouncyCastle.</summary>
public static class PasswordDerivation
{
    /// <summary>Computes PBKDF2 (RFC 8018 §5.2).</summary>
    /// <param name="hash">The hash function of HMAC: SHA-1, SHA-224, SHA-256, SHA-384 or SHA-512.</param>
    /// <param name="password">The password in octets, UTF-8 where it is text.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="iterations">The iterations, at least 1; OWASP (2023) asks for 600,000 with SHA-256.</param>
    /// <param name="length">The length of the key in octets.</param>
    /// <returns>The key.</returns>
    public static Secret Pbkdf2(HashAlgorithmName hash, Secret password, ReadOnlySpan<byte> salt, int iterations, int length)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(iterations);
        var key = new Secret(length);
        if (hash.Name == "SHA224")
            Pbkdf2Sha224(password, salt, iterations, key);
        else
            Rfc2898DeriveBytes.Pbkdf2(password.Span, salt, key.Span, iterations, hash);
        return key;
    }

    /// <summary>Computes scrypt (RFC 7914 §6).</summary>
    /// <param name="password">The password in octets, UTF-8 where it is text.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="cost">N, a power of two above 1; the memory is 128·N·r octets.</param>
    /// <param name="blockSize">r.</param>
    /// <param name="parallelization">p.</param>
    /// <param name="length">The length of the key in octets.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public static Secret Scrypt(Secret password, ReadOnlySpan<byte> salt, int cost, int blockSize, int parallelization, int length)
    {
        ArgumentNullException.ThrowIfNull(password);
        var octets = SCrypt.Generate(ArrayOf(password), salt.ToArray(), cost, blockSize, parallelization, length);
        var key = Secret.From(octets);
        CryptographicOperations.ZeroMemory(octets);
        return key;
    }

    private static void Pbkdf2Sha224(Secret password, ReadOnlySpan<byte> salt, int iterations, Secret key)
    {
        var generator = new Pkcs5S2ParametersGenerator(new Sha224Digest());
        generator.Init(ArrayOf(password), salt.ToArray(), iterations);
        var octets = ((KeyParameter)generator.GenerateDerivedMacParameters(key.Length * 8)).GetKey();
        octets.CopyTo(key.Span);
        CryptographicOperations.ZeroMemory(octets);
    }

    // The library takes arrays; a secret is one pinned array of its length, so no copy is left behind.
    private static byte[] ArrayOf(Secret secret) => MemoryMarshal.TryGetArray<byte>(secret.Memory, out var segment) && segment is { Offset: 0, Array: { } array } && array.Length == segment.Count
        ? array
        : throw new InvalidOperationException("A secret is one array.");
}
