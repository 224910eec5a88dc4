using System.Numerics;

namespace CkiSdk.Crypto;

/// <summary>Finds what is weak or wrong in RSA public keys (FIPS 186-5 A.1.1 and known faults of generators).</summary>
public static class RsaKeyRules
{
    /// <summary>The shortest modulus in bits.</summary>
    public const int MinBits = 2048;

    /// <summary>The longest modulus in bits; it bounds the work that a stranger's key can cause.</summary>
    public const int MaxBits = 16384;

    private const int SmallestExponent = 65537;
    private const int LongestExponent = 256; // bits
    private const int FermatSteps = 16;

    // Keys of the ROCA generator are powers of 65537 modulo each of these primes (CVE-2017-15361).
    private static readonly (int Prime, bool[] IsPower)[] RocaPrimes = [.. Primes(167).Select(prime => (prime, Powers(prime)))];

    /// <summary>Checks a public key.</summary>
    /// <param name="modulus">n, big-endian.</param>
    /// <param name="exponent">e, big-endian.</param>
    /// <param name="allowed">What is permitted besides.</param>
    /// <returns>The first finding, or <see langword="null"/> if the key may be used.</returns>
    public static KeyFinding? Check(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent, LegacyAlgorithms allowed = LegacyAlgorithms.None)
    {
        var n = new BigInteger(modulus, isUnsigned: true, isBigEndian: true);
        var e = new BigInteger(exponent, isUnsigned: true, isBigEndian: true);
        return CheckSize(n) ?? CheckExponent(e, allowed) ?? CheckFactors(n);
    }

    private static KeyFinding? CheckSize(BigInteger n) => n.GetBitLength() switch
    {
        < MinBits and var bits => new(CryptoError.WeakKey, $"the modulus has {bits} bits, fewer than {MinBits}"),
        > MaxBits and var bits => new(CryptoError.UnsupportedKey, $"the modulus has {bits} bits, more than {MaxBits}"),
        _ => n.IsEven ? new(CryptoError.InvalidKey, "the modulus is even") : null,
    };

    private static KeyFinding? CheckExponent(BigInteger e, LegacyAlgorithms allowed)
    {
        if (e <= 1)
            return new(CryptoError.InvalidKey, "the public exponent is 0 or 1");
        if (e.IsEven)
            return new(CryptoError.InvalidKey, "the public exponent is even");
        if (e.GetBitLength() > LongestExponent)
            return new(CryptoError.UnsupportedKey, $"the public exponent has more than {LongestExponent} bits");
        return e < SmallestExponent && !allowed.HasFlag(LegacyAlgorithms.SmallExponents)
            ? new(CryptoError.WeakKey, $"the public exponent is small: below {SmallestExponent}")
            : null;
    }

    private static KeyFinding? CheckFactors(BigInteger n)
    {
        foreach (var (prime, _) in RocaPrimes)
        {
            if ((n % prime).IsZero)
                return new(CryptoError.WeakKey, $"the modulus is divisible by {prime}");
        }

        if (Array.TrueForAll(RocaPrimes, row => row.IsPower[(int)(n % row.Prime)]))
            return new(CryptoError.WeakKey, "the modulus has the fingerprint of ROCA (CVE-2017-15361)");
        return HasClosePrimes(n) ? new(CryptoError.WeakKey, "the primes are so close that Fermat's method factors the modulus") : null;
    }

    // Looks for n = a² − b² with a just above the root of n.
    private static bool HasClosePrimes(BigInteger n)
    {
        var a = SquareRoot(n);
        if (a * a < n)
            a++;
        for (var i = 0; i < FermatSteps; i++, a++)
        {
            if (IsSquare((a * a) - n))
                return true;
        }

        return false;
    }

    private static bool IsSquare(BigInteger number)
    {
        const ulong SquaresModulo64 = 0x0202021202030213;
        if ((SquaresModulo64 >> (int)(uint)(number & 63) & 1) == 0)
            return false;
        var root = SquareRoot(number);
        return root * root == number;
    }

    // Newton's method from above; the result is the root rounded down.
    private static BigInteger SquareRoot(BigInteger number)
    {
        if (number < 2)
            return number;
        var root = BigInteger.One << (int)((number.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + (number / root)) >> 1;
            if (next >= root)
                return root;
            root = next;
        }
    }

    private static IEnumerable<int> Primes(int last) =>
        Enumerable.Range(3, last - 2).Where(number => Enumerable.Range(2, number - 2).All(divisor => number % divisor != 0));

    private static bool[] Powers(int prime)
    {
        var powers = new bool[prime];
        for (var power = 1; !powers[power]; power = power * (65537 % prime) % prime)
            powers[power] = true;
        return powers;
    }
}
