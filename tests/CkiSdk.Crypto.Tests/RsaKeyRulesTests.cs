using System.Numerics;
using System.Security.Cryptography;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests;

/// <summary>Shows which RSA keys are refused, and that the reason is named.</summary>
public sealed class RsaKeyRulesTests
{
    private static readonly BigInteger Product = Enumerable.Range(2, 700).Where(n => Enumerable.Range(2, n - 2).All(d => n % d != 0)).Take(126)
        .Aggregate(BigInteger.One, (product, prime) => product * prime);

    [Fact]
    public void Check_Accepts_OrdinaryKeys()
    {
        for (var i = 0; i < 3; i++)
        {
            using var rsa = RSA.Create(2048);
            var key = rsa.ExportParameters(includePrivateParameters: false);
            Assert.Null(RsaKeyRules.Check(key.Modulus, key.Exponent));
        }
    }

    // Primes of the form k·M + (65537^a mod M), as the faulty generator of CVE-2017-15361 made them.
    [Fact]
    public void Check_Finds_Roca()
    {
        var n = RocaPrime(1) * RocaPrime(100);
        Assert.Equal(2048, n.GetBitLength());
        Assert.Contains("ROCA", RsaKeyRules.Check(Octets(n), [1, 0, 1])!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(100_000)]
    public void Check_Finds_ClosePrimes(int distance)
    {
        var p = NextPrime((BigInteger.One << 1023) + (BigInteger.One << 1022) + 12345);
        var q = distance == 0 ? p : NextPrime(p + distance);
        var finding = RsaKeyRules.Check(Octets(p * q), [1, 0, 1]);
        Assert.Contains("Fermat", finding!.Reason, StringComparison.Ordinal);
        Assert.Equal(CryptoError.WeakKey, finding.Code);
    }

    [Fact]
    public void Check_Finds_SmallFactors()
    {
        var n = ((BigInteger.One << 2047) / 163 | 1) * 163;
        Assert.Contains("divisible", RsaKeyRules.Check(Octets(n), [1, 0, 1])!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void SmallExponents_NeedAPermission()
    {
        using var rsa = RSA.Create(2048);
        var n = rsa.ExportParameters(includePrivateParameters: false).Modulus;
        Assert.Equal(CryptoError.WeakKey, RsaKeyRules.Check(n, [3])!.Code);
        Assert.Null(RsaKeyRules.Check(n, [3], LegacyAlgorithms.SmallExponents));
        Assert.Equal(CryptoError.InvalidKey, RsaKeyRules.Check(n, [2], LegacyAlgorithms.SmallExponents)!.Code);
        Assert.Equal(CryptoError.UnsupportedKey, RsaKeyRules.Check(n, [.. Enumerable.Repeat((byte)0xFF, 33)])!.Code);
    }

    private static BigInteger RocaPrime(int start)
    {
        var residue = BigInteger.ModPow(65537, start, Product);
        var k = (BigInteger.One << 1023) / Product + 12345;
        k += (BigInteger.One << 1022) / Product;
        while (!IsPrime((k * Product) + residue))
            k++;
        return (k * Product) + residue;
    }

    private static BigInteger NextPrime(BigInteger number)
    {
        number |= 1;
        while (!IsPrime(number))
            number += 2;
        return number;
    }

    private static bool IsPrime(BigInteger number)
    {
        if (Enumerable.Range(3, 2000).Any(divisor => divisor % 2 == 1 && number % divisor == 0))
            return false;
        return new[] { 2, 3, 5 }.All(witness => BigInteger.ModPow(witness, number - 1, number).IsOne);
    }
}
