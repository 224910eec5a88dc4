using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Computes RSA without any padding, as textbooks explain it: number^exponent mod modulus. It encrypts nothing safely and signs nothing safely.</summary>
/// <remarks>
/// Without padding equal messages have equal ciphertexts, small ones are found by roots, products of signatures are signatures, and a private key that answers
/// for chosen numbers signs and decrypts whatever somebody likes. It is here for teaching and for protocols that bring a padding of their own.
/// </remarks>
public static class DangerousRsa
{
    private const int MaxLength = 2048; // octets

    /// <summary>Computes number^exponent mod modulus by libcrypto, in constant time as to number and exponent.</summary>
    /// <param name="number">The number, big-endian, below the modulus.</param>
    /// <param name="exponent">The public or the private exponent, big-endian.</param>
    /// <param name="modulus">The modulus, big-endian, odd; it may be as small as that of a textbook.</param>
    /// <returns>The result, big-endian, as long as the modulus.</returns>
    /// <exception cref="ArgumentException">The modulus is even, 0, 1 or too long, or the number is not below it.</exception>
    /// <exception cref="CryptoProviderException">libcrypto is absent or failed.</exception>
    public static Secret DangerousPower(Secret number, Secret exponent, ReadOnlySpan<byte> modulus)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(exponent);
        var digits = modulus.TrimStart((byte)0);
        if (digits.IsEmpty || digits is [1] || (digits[^1] & 1) == 0 || digits.Length > MaxLength)
            throw new ArgumentException("The modulus is even, 0, 1 or longer than 2048 octets.", nameof(modulus));
        if (!IsBelow(number.Span, digits))
            throw new ArgumentException("The number is not below the modulus.", nameof(number));
        if (!LibCrypto.IsAvailable)
            throw new CryptoProviderException("OpenSSL's libcrypto was not found.");
        using var n = NumberHandle.From(digits);
        using var montgomery = new MontgomeryHandle(n);
        using var m = NumberHandle.FromSecret(number);
        using var x = NumberHandle.FromSecret(exponent);
        return Power(m, x, n, montgomery, digits.Length);
    }

    /// <summary>Computes number^d mod n with a private key in memory, blinded: what its owner would sign or decrypt.</summary>
    /// <param name="pkcs8">The DER of PrivateKeyInfo; the key must not be weak.</param>
    /// <param name="number">The number, as long as the modulus and below it.</param>
    /// <returns>The result, as long as the modulus; <see langword="null"/> if the number is not below it.</returns>
    /// <exception cref="CryptoProviderException">The octets are no such key, or it is weak.</exception>
    public static Secret? DangerousPrivatePower(Secret pkcs8, ReadOnlySpan<byte> number)
    {
        using var key = new SoftwareDecryptionKey(RsaPrivateKeys.Import(pkcs8));
        return key.RawPower(number);
    }

    private static Secret Power(NumberHandle number, NumberHandle exponent, NumberHandle modulus, MontgomeryHandle montgomery, int length)
    {
        using var result = new NumberHandle();
        using var scratch = new ScratchHandle();
        LibCryptoStatus.Require(LibCrypto.Power(result, number, exponent, modulus, scratch, montgomery));
        var power = new Secret(length);
        result.WriteTo(power.Span);
        return power;
    }

    private static bool IsBelow(ReadOnlySpan<byte> number, ReadOnlySpan<byte> modulus)
    {
        var borrow = 0;
        for (var i = 0; i < Math.Max(number.Length, modulus.Length); i++)
            borrow = (Octet(number, i) - Octet(modulus, i) + borrow) >> 31;
        return borrow != 0;
    }

    private static int Octet(ReadOnlySpan<byte> number, int index) => index < number.Length ? number[^(index + 1)] : 0;
}
