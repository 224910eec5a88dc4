using CkiSdk.Crypto.Software.Native;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace CkiSdk.Crypto.Software;

/// <summary>Tests numbers for primality by Miller-Rabin with random bases, so that nobody can prepare a composite number that passes.</summary>
public static class Primality
{
    private const int Rounds = 64; // wrong once in 2^128

    /// <summary>Tests a number.</summary>
    /// <param name="number">The number, unsigned, big-endian.</param>
    /// <returns>Whether it is prime; wrong with a probability below 2^-100.</returns>
    public static bool IsProbablePrime(ReadOnlySpan<byte> number)
    {
        if (!LibCrypto.IsAvailable)
            return new BigInteger(1, number).IsProbablePrime(2 * Rounds);
        using var value = NumberHandle.From(number);
        using var scratch = new ScratchHandle();
        return IsPrime(value, scratch);
    }

    internal static bool IsPrime(NumberHandle number, ScratchHandle scratch)
    {
        var result = LibCrypto.HasCheckPrime
            ? LibCrypto.CheckPrime(number, scratch, callback: 0)
            : LibCrypto.IsPrime(number, Rounds, scratch, callback: 0);
        if (result < 0)
            LibCryptoStatus.Throw();
        return result == 1;
    }
}
