using System.Numerics;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests;

/// <summary>What every implementation of the arithmetic must do.</summary>
public abstract class DiffieHellmanContract(IDiffieHellman arithmetic)
{
    public static TheoryData<string> GroupNames => new(DhGroups.Named.Select(g => g.Name));

    [Theory]
    [MemberData(nameof(KnownExponents.All), MemberType = typeof(KnownExponents))]
    public void PublicValue_Gives_KnownAnswer(string description, string group, string x, string y)
    {
        Assert.NotEmpty(description);
        using var exponent = SecretOf(x);
        Assert.Equal(y, Hex(arithmetic.PublicValue(Group(group), exponent)));
    }

    [Theory]
    [MemberData(nameof(GroupNames))]
    public void PublicValue_Equals_SchoolArithmetic(string name)
    {
        var group = Group(name);
        using var x = Secret.From(Enumerable.Range(3, group.ExponentLength).Select(i => (byte)(i * 37)).ToArray());
        var expected = BigInteger.ModPow(2, Number(x.Span), Number(group.P.Span));
        Assert.Equal(Padded(expected, group.Length), arithmetic.PublicValue(group, x));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(19)]
    public void PublicValues_AreThoseOfEach(int count)
    {
        var group = DhGroups.Ffdhe2048;
        var exponents = Enumerable.Range(1, count).Select(seed => Exponent(group, seed)).ToArray();
        var values = arithmetic.PublicValues(group, exponents.SelectMany(exponent => exponent.Span.ToArray()).ToArray());
        Assert.Equal(exponents.Select(exponent => Hex(arithmetic.PublicValue(group, exponent))), values.Select(value => Hex(value)));
        Assert.True(arithmetic.PublicValuesAtOnce > 0);
    }

    [Fact]
    public void PublicValues_Refuse_WhatIsNoWholeExponent()
    {
        var group = DhGroups.Ffdhe2048;
        Assert.Throws<ArgumentException>(() => arithmetic.PublicValues(group, new byte[group.ExponentLength + 1]));
        var withZero = Enumerable.Repeat((byte)1, 7 * group.ExponentLength).Concat(new byte[group.ExponentLength]).ToArray();
        Assert.Equal(CryptoError.InvalidKey, Assert.Throws<CryptoProviderException>(() => arithmetic.PublicValues(group, withZero)).Code);
    }

    [Theory]
    [MemberData(nameof(GroupNames))]
    public void Agree_IsSymmetric(string name)
    {
        var group = Group(name);
        using var a = Exponent(group, 1);
        using var b = Exponent(group, 2);
        using var za = arithmetic.Agree(group, a, arithmetic.PublicValue(group, b));
        using var zb = arithmetic.Agree(group, b, arithmetic.PublicValue(group, a));
        Assert.True(za.FixedTimeEquals(zb.Span));
        Assert.Equal(group.Length, za.Length);
    }

    [Fact]
    public void Results_AreLeftPadded_ToTheLengthOfP()
    {
        var group = DhGroups.Ffdhe2048;
        using var one = SecretOf("01");
        Assert.Equal(Padded(2, group.Length), arithmetic.PublicValue(group, one));
        using var z = arithmetic.Agree(group, one, [4]);
        Assert.Equal(Padded(4, group.Length), z.Span.ToArray());
    }

    [Fact]
    public void PublicValue_Ignores_LeadingZerosOfTheExponent()
    {
        var group = DhGroups.Ffdhe2048;
        using var x = SecretOf("0203");
        using var padded = SecretOf("00000000000000000000000000000203");
        Assert.Equal(arithmetic.PublicValue(group, x), arithmetic.PublicValue(group, padded));
    }

    [Theory]
    [MemberData(nameof(GroupNames))]
    public void IsValidPublicValue_Rejects_BordersAndNonResidues(string name)
    {
        var group = Group(name);
        var p = Number(group.P.Span);
        var y = Number(arithmetic.PublicValue(group, Exponent(group, 3)));
        Assert.True(arithmetic.IsValidPublicValue(group, Octets(y)));
        Assert.True(arithmetic.IsValidPublicValue(group, [2]));
        Assert.True(arithmetic.IsValidPublicValue(group, [0, 2]));
        (string Description, byte[] Value)[] wrong =
        [
            ("empty", []),
            ("0", [0]),
            ("1", [1]),
            ("0 in full length", new byte[group.Length]),
            ("1 in full length", Padded(1, group.Length)),
            ("p - 1", Octets(p - 1)),
            ("p", Octets(p)),
            ("p + 1", Octets(p + 1)),
            ("p + 2", Octets(p + 2)),
            ("p + y, longer than p or not", Octets(p + y)),
            ("p - 2 = -g, a non-residue", Octets(p - 2)),
            ("-y, a non-residue", Octets(p - y)),
            ("longer than p", Padded(2, group.Length + 1)),
        ];
        foreach (var (description, value) in wrong)
            Assert.False(arithmetic.IsValidPublicValue(group, value), description);
    }

    [Fact]
    public void Agree_Rejects_ValuesOutsideTheSubgroup()
    {
        var group = DhGroups.Ffdhe2048;
        using var x = Exponent(group, 1);
        var p = Number(group.P.Span);
        foreach (var y in new[] { 0, 1, p - 2, p - 1, p, p + 1 })
        {
            var e = Assert.Throws<CryptoProviderException>(() => arithmetic.Agree(group, x, Octets(y)));
            Assert.Equal(CryptoError.InvalidPublicValue, e.Code);
        }
    }

    [Fact]
    public void Exponents_OutsideOneToQMinusOne_AreRefused()
    {
        var group = DhGroups.Ffdhe2048;
        var q = Number(group.Q.Span);
        byte[][] wrong = [[], [0], new byte[32], Octets(q), Octets(q + 1), Padded(1, group.Length + 1)];
        foreach (var octets in wrong)
        {
            using var x = Secret.From(octets);
            Assert.Equal(CryptoError.InvalidKey, Assert.Throws<CryptoProviderException>(() => arithmetic.PublicValue(group, x)).Code);
            Assert.Equal(CryptoError.InvalidKey, Assert.Throws<CryptoProviderException>(() => arithmetic.Agree(group, x, [2])).Code);
        }

        using var last = Secret.From(Octets(q - 1));
        var inverse = Number(arithmetic.PublicValue(group, last));
        Assert.Equal(BigInteger.One, inverse * 2 % Number(group.P.Span)); // g^(q−1) = 1/g
    }

    [Theory]
    [InlineData("7 = 2*3 + 1", 7, true)]
    [InlineData("23 = 2*11 + 1", 23, true)]
    [InlineData("13 = 2*6 + 1", 13, false)]
    [InlineData("15 is not prime, 7 is", 15, false)]
    [InlineData("Carmichael number 561", 561, false)]
    public void IsSafePrime_Tells_SmallNumbers(string description, int number, bool expected)
    {
        Assert.NotEmpty(description);
        Assert.Equal(expected, arithmetic.IsSafePrime(Octets(number)));
    }

    [Fact]
    public void IsSafePrime_Accepts_Ffdhe2048Only()
    {
        var p = Number(DhGroups.Ffdhe2048.P.Span);
        Assert.True(arithmetic.IsSafePrime(Octets(p)));
        Assert.False(arithmetic.IsSafePrime(Octets(p + 2)));
    }

    [Fact]
    public void FromValue_Takes_AnotherGeneratorWithLongExponents()
    {
        var group = DhGroup.FromValue("pinned", DhGroups.Ffdhe2048.P.Span, [4], arithmetic);
        Assert.Equal(2047, group.ExponentBits);
        Assert.Equal(256, group.ExponentLength);
        Assert.Equal(264, group.CandidateLength);
        Assert.NotEqual(DhGroups.Ffdhe2048, group);
        using var x = Exponent(group, 5);
        Assert.Equal(Padded(BigInteger.ModPow(4, Number(x.Span), Number(group.P.Span)), 256), arithmetic.PublicValue(group, x));
    }

    [Fact]
    public void FromValue_Rejects_BadParameters()
    {
        var p = DhGroups.Ffdhe2048.P;
        var number = Number(p.Span);
        (string Description, byte[] P, byte[] G)[] wrong =
        [
            ("a modulus of 2047 bits", Octets((BigInteger.One << 2047) - 1), [2]),
            ("a modulus of 8193 bits", Octets((BigInteger.One << 8192) + 1), [2]),
            ("an even modulus", Octets(number + 1), [2]),
            ("a composite modulus", Octets(number + 2), [2]),
            ("g = 0", p.ToArray(), [0]),
            ("g = 1", p.ToArray(), [1]),
            ("g = p - 1", p.ToArray(), Octets(number - 1)),
            ("g = p - 2, of order 2q", p.ToArray(), Octets(number - 2)),
            ("g = p + 2", p.ToArray(), Octets(number + 2)),
        ];
        foreach (var (description, modulus, generator) in wrong)
            Assert.True(Record.Exception(() => DhGroup.FromValue("x", modulus, generator, arithmetic)) is ArgumentException, description);
    }

    [Fact]
    public async Task PublicValue_IsTheSame_OnManyThreads()
    {
        var group = DhGroups.Ffdhe2048;
        using var x = Exponent(group, 9);
        var expected = arithmetic.PublicValue(group, x);
        await Parallel.ForAsync(0, 64, TestContext.Current.CancellationToken, (_, _) =>
        {
            Assert.Equal(expected, arithmetic.PublicValue(group, x));
            return ValueTask.CompletedTask;
        });
    }

    private static DhGroup Group(string name) => DhGroups.Named.Single(g => g.Name == name);

    private static Secret Exponent(DhGroup group, int seed)
    {
        using var candidate = new Secret(group.CandidateLength);
        for (var i = 0; i < candidate.Length; i++)
            candidate.Span[i] = (byte)((i * 151) + (seed * 89));
        return group.ExponentFrom(candidate);
    }
}
