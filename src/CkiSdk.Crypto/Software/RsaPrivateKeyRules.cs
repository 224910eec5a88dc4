using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Finds what is weak or inconsistent in RSA private keys (FIPS 186-5 A.1.1, SP 800-56B §6.4.1), by libcrypto in constant time.</summary>
public static class RsaPrivateKeyRules
{
    private const int LeastPrime = 512; // bits
    private const int LeastDifference = 100; // |p − q| > 2^(bits/2 − 100)

    /// <summary>Checks a private key; where libcrypto is absent, only what the framework's import checks is checked.</summary>
    /// <param name="key">The numbers.</param>
    /// <returns>The first finding, or <see langword="null"/> if the key may be used. That p and q are prime is not tested.</returns>
    public static KeyFinding? Check(RsaPrivateNumbers key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!LibCrypto.IsAvailable)
            return null;
        using var numbers = new RsaCheck(key);
        return Check(numbers);
    }

    internal static KeyFinding? Check(RsaCheck numbers)
    {
        if (numbers.AreFactorsEqual)
            return new(CryptoError.WeakKey, "the primes are equal");
        if (!numbers.AreFactorsOfModulus)
            return new(CryptoError.InvalidKey, "the private key is inconsistent: p·q is not n");
        if (!numbers.AreExponentsInverse)
            return new(CryptoError.InvalidKey, "the private key is inconsistent: d is not the inverse of e");
        if (!numbers.AreRemaindersRight)
            return new(CryptoError.InvalidKey, "the private key is inconsistent: the numbers of the Chinese remainder theorem are wrong");
        if (numbers.SmallerFactorBits < LeastPrime)
            return new(CryptoError.WeakKey, $"a prime has fewer than {LeastPrime} bits");
        if (numbers.DifferenceBits <= (numbers.Bits / 2) - LeastDifference)
            return new(CryptoError.WeakKey, "the primes are too close to each other");
        return numbers.PrivateExponentBits <= numbers.Bits / 2
            ? new(CryptoError.WeakKey, "the private exponent is small")
            : null;
    }
}
