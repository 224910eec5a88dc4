using System.Numerics;
using CkiSdk.Crypto.Software;
using CkiSdk.TestSupport;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests.Software;

/// <summary>Shows that values computed eight at a time are those of school arithmetic, each in its place; where the processor cannot, they are computed one by one and held to the same.</summary>
public sealed class LaneCombTests
{
    private static readonly LibCryptoDiffieHellman Arithmetic = new();

    [Fact]
    public void PublicValues_Equal_SchoolArithmetic_AtTheBorders()
    {
        foreach (var group in DhGroups.Named)
            AssertPowers(group, BorderExponents(group));
    }

    [Fact]
    public void PublicValues_Equal_SchoolArithmetic_ForEveryBit() =>
        AssertPowers(DhGroups.Ffdhe2048, [.. Enumerable.Range(0, DhGroups.Ffdhe2048.ExponentBits).Select(bit => BigInteger.One << bit)]);

    [Fact]
    public void PublicValues_Equal_SchoolArithmetic_ForRandomExponents()
    {
        foreach (var group in new[] { DhGroups.Ffdhe2048, DhGroups.Ffdhe3072 })
            AssertPowers(group, [.. Enumerable.Range(0, LongRun.Count(usual: 53, @long: 5003)).Select(_ => RandomExponent(group))]);
    }

    // Exponents as long as q, as groups by value have them.
    [Fact]
    public void PublicValues_Equal_SchoolArithmetic_ForLongExponents()
    {
        var group = DhGroup.FromValue("by value", DhGroups.Ffdhe2048.P.Span, [9], Arithmetic);
        var q = Number(group.Q.Span);
        AssertPowers(group, [1, q - 1, q - 2, q >> 1, q / 3]);
    }

    [Fact]
    public async Task PublicValues_AreTheSame_OnManyThreads()
    {
        var group = DhGroups.Ffdhe3072;
        var exponents = Enumerable.Range(0, 8).SelectMany(_ => Padded(RandomExponent(group), group.ExponentLength)).ToArray();
        var expected = Arithmetic.PublicValues(group, exponents);
        await Parallel.ForAsync(0, 64, TestContext.Current.CancellationToken, (_, _) =>
        {
            Assert.Equal(expected, Arithmetic.PublicValues(group, exponents));
            return ValueTask.CompletedTask;
        });
    }

    private static void AssertPowers(DhGroup group, BigInteger[] exponents)
    {
        var values = Arithmetic.PublicValues(group, exponents.SelectMany(exponent => Padded(exponent, group.ExponentLength)).ToArray());
        Assert.Equal(exponents.Length, values.Length);
        foreach (var (exponent, value) in exponents.Zip(values))
            Assert.Equal(Padded(BigInteger.ModPow(Number(group.G.Span), exponent, Number(group.P.Span)), group.Length), value);
    }
}
