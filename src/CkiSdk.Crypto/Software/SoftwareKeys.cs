using System.Security.Cryptography;
using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Generates keys as the DER of PrivateKeyInfo, to be written to files; <see cref="IKeyFactory"/> makes keys for use.</summary>
public static class SoftwareKeys
{
    private const int MaxRsaBits = 8192;

    /// <summary>Tells whether RSA keys of a size are generated: 2048 to 8192 bits in steps of 64.</summary>
    /// <param name="bits">The length of the modulus in bits.</param>
    /// <returns>Whether they are.</returns>
    public static bool IsRsaSize(int bits) => bits is >= RsaKeyRules.MinBits and <= MaxRsaBits && bits % 64 == 0;

    /// <summary>Generates an RSA key with e = 65537.</summary>
    /// <param name="bits">The length of the modulus in bits: see <see cref="IsRsaSize"/>.</param>
    /// <returns>The DER, owned by the caller.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such keys are generated.</exception>
    public static Secret GenerateRsa(int bits)
    {
        if (!IsRsaSize(bits))
            throw new ArgumentOutOfRangeException(nameof(bits), bits, $"RSA keys have {RsaKeyRules.MinBits} to {MaxRsaBits} bits in steps of 64.");
        using var key = new SoftwareSigningKey(RSA.Create(bits));
        return key.ExportPkcs8();
    }

    /// <summary>Generates an RSA key with another public exponent, by libcrypto.</summary>
    /// <param name="bits">The length of the modulus in bits: see <see cref="IsRsaSize"/>.</param>
    /// <param name="exponent">e, big-endian: odd, from 65537 up, at most 256 bits (FIPS 186-5 A.1.1).</param>
    /// <returns>The DER, owned by the caller.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such keys are generated.</exception>
    /// <exception cref="CryptoProviderException">libcrypto is absent or failed.</exception>
    public static Secret GenerateRsa(int bits, ReadOnlySpan<byte> exponent)
    {
        var digits = exponent.TrimStart((byte)0);
        var isSmall = digits.Length < 3 || (digits.Length == 3 && digits[0] == 1 && digits[1] == 0 && digits[2] == 0);
        if (!IsRsaSize(bits) || isSmall || digits.Length > 32 || (digits[^1] & 1) == 0)
            throw new ArgumentOutOfRangeException(nameof(exponent), "The size is none that is generated, or the exponent is even, below 65537 or longer than 256 bits.");
        if (!LibCrypto.IsAvailable)
            throw new CryptoProviderException("OpenSSL's libcrypto was not found.");
        using var numbers = RsaHandle.Generate(bits, digits);
        using var pkcs1 = numbers.Export();
        using var key = RSA.Create();
        key.ImportRSAPrivateKey(pkcs1.Span, out _);
        return Pkcs8.Export(key);
    }

    /// <summary>Generates a key of a named kind.</summary>
    /// <param name="algorithm">The kind.</param>
    /// <returns>The DER, owned by the caller.</returns>
    public static Secret Generate(KeyAlgorithm algorithm)
    {
        using var key = CryptoProviders.Software.Keys.CreateSigningKeyAsync(algorithm).AsTask().GetAwaiter().GetResult(); // in memory: done at once
        return ((IExportableKey)key).ExportPkcs8();
    }
}
