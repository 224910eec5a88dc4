using System.Numerics;
using CkiSdk.Crypto.Software;
using CkiSdk.TestSupport;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests.Software;

/// <summary>Shows that the comb gives what school arithmetic gives, also where its digits are all zero or all one.</summary>
public sealed class FixedBaseCombTests
{
    private static readonly LibCryptoDiffieHellman Arithmetic = new();

    [Fact]
    public void PublicValue_Equals_SchoolArithmetic_AtTheBorders()
    {
        foreach (var group in DhGroups.Named)
        {
            foreach (var exponent in BorderExponents(group))
                AssertPower(group, exponent);
        }
    }

    [Fact]
    public void PublicValue_Equals_SchoolArithmetic_ForEveryBit()
    {
        for (var bit = 0; bit < DhGroups.Ffdhe2048.ExponentBits; bit++)
            AssertPower(DhGroups.Ffdhe2048, BigInteger.One << bit);
    }

    [Fact]
    public void PublicValue_Equals_SchoolArithmetic_ForRandomExponents()
    {
        foreach (var group in new[] { DhGroups.Ffdhe2048, DhGroups.Ffdhe3072 })
        {
            for (var i = 0; i < LongRun.Count(usual: 50, @long: 5000); i++)
                AssertPower(group, RandomExponent(group));
        }
    }

    // Longer than the comb: the general way.
    [Fact]
    public void PublicValue_Equals_SchoolArithmetic_ForLongExponents() => AssertPower(DhGroups.Ffdhe2048, Number(DhGroups.Ffdhe2048.Q.Span) - 1);

    private static void AssertPower(DhGroup group, BigInteger exponent)
    {
        using var x = Secret.From(Octets(exponent));
        var expected = BigInteger.ModPow(Number(group.G.Span), exponent, Number(group.P.Span));
        Assert.Equal(Padded(expected, group.Length), Arithmetic.PublicValue(group, x));
    }
}
