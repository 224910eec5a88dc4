using System.Numerics;
using System.Runtime.InteropServices;
using FsCheck.Xunit;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests;

public sealed partial class DhGroupTests
{
    private const string ProfileRoot = "2.25.300925013569037081049924713136157645598";

    // Name, bits, X of RFC 7919 appendix A, NID in libcrypto, N and last arc of the profile.
    public static TheoryData<string, int, int, int, int, int> Rows => new()
    {
        { "ffdhe2048", 2048, 560316, 1126, 256, 1 },
        { "ffdhe3072", 3072, 2625351, 1127, 288, 2 },
        { "ffdhe4096", 4096, 5736041, 1128, 352, 3 },
        { "ffdhe6144", 6144, 15705020, 1129, 384, 4 },
        { "ffdhe8192", 8192, 10965728, 1130, 416, 5 },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Named_Follow_FormulaLibCryptoAndProfile(string name, int bits, int x, int nid, int exponentBits, int arc)
    {
        Assert.True(DhGroups.Named.TryFind($"{ProfileRoot}.1.{arc}", out var group));
        Assert.Equal(name, group.Name);
        Assert.Equal(name, group.ToString());
        var p = Number(group.P.Span);
        var one = BigInteger.One;
        Assert.Equal((one << bits) - (one << (bits - 64)) + ((E(bits - 130) + x) * (one << 64)) - 1, p);
        Assert.Equal(LibCryptoPrime(nid), p);
        Assert.Equal((p - 1) / 2, Number(group.Q.Span));
        Assert.Equal([2], group.G.ToArray());
        Assert.Equal(bits, group.Bits);
        Assert.Equal(bits / 8, group.Length);
        Assert.Equal(exponentBits, group.ExponentBits);
        Assert.Equal(exponentBits / 8, group.ExponentLength);
        Assert.Equal((exponentBits + 64) / 8, group.CandidateLength);
    }

    [Fact]
    public void Default_Is_Ffdhe3072()
    {
        Assert.Same(DhGroups.Ffdhe3072, DhGroups.Default);
        Assert.Equal(5, DhGroups.Named.Count);
    }

    [Fact]
    public void TryFind_Finds_ByExactParametersOnly()
    {
        var expected = DhGroups.Ffdhe4096;
        byte[] p = [0, .. expected.P.Span];
        Assert.True(DhGroups.Named.TryFind(p, expected.Q.Span, [2], out var group));
        Assert.Same(expected, group);
        Assert.True(DhGroups.Named.TryFind(p, [], [2], out _));
        Assert.False(DhGroups.Named.TryFind(p, expected.Q.Span, [4], out group));
        Assert.Null(group);
        Assert.False(DhGroups.Named.TryFind(p, [3], [2], out _));
        Assert.False(DhGroups.Named.TryFind(p.AsSpan(0, 100), [], [2], out _));
        Assert.False(DhGroups.Named.TryFind($"{ProfileRoot}.1.6", out _));
    }

    [Fact]
    public void Set_Accepts_OnlyWhatItHolds()
    {
        var set = new DhGroupSet(DhGroups.Ffdhe2048, DhGroups.Ffdhe2048);
        Assert.Single(set);
        Assert.False(set.TryFind(DhGroups.Ffdhe3072.Oid!, out _));
        Assert.True(set.With(DhGroups.Ffdhe3072).TryFind(DhGroups.Ffdhe3072.Oid!, out _));
        Assert.Single(set);
    }

    [Fact]
    public void Equality_Is_ByValue()
    {
        var p = Number(DhGroups.Ffdhe2048.P.Span);
        var same = new DhGroup("other name", oid: null, p, 2, 256);
        Assert.Equal(DhGroups.Ffdhe2048, same);
        Assert.Equal(DhGroups.Ffdhe2048.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(DhGroups.Ffdhe2048, new DhGroup("other exponents", oid: null, p, 2, exponentBits: null));
        Assert.False(DhGroups.Ffdhe2048.Equals(null));
    }

    [Property]
    public void ExponentFrom_Equals_Formula(byte[] seed, byte which)
    {
        var group = Groups()[which % 6];
        var candidate = new byte[group.CandidateLength];
        for (var i = 0; i < candidate.Length; i++)
            candidate[i] = seed.Length == 0 ? (byte)0xFF : (byte)(seed[i % seed.Length] + (i / seed.Length * 31));
        AssertExponent(group, candidate);
    }

    [Fact]
    public void ExponentFrom_IsRight_AtTheBorders()
    {
        foreach (var group in Groups())
        {
            var modulus = M(group) - 1;
            foreach (var c in new[] { 0, 1, modulus - 1, modulus, modulus + 1, (2 * modulus) - 1, 2 * modulus })
                AssertExponent(group, Padded(c, group.CandidateLength));
            AssertExponent(group, [.. Enumerable.Repeat((byte)0xFF, group.CandidateLength)]);
        }
    }

    [Fact]
    public void ExponentFrom_Rejects_AnotherLength()
    {
        using var candidate = new Secret(32);
        Assert.Throws<ArgumentException>(() => DhGroups.Ffdhe2048.ExponentFrom(candidate));
        var (right, exponent) = (new byte[DhGroups.Ffdhe2048.CandidateLength], new byte[DhGroups.Ffdhe2048.ExponentLength]);
        Assert.Throws<ArgumentException>(() => DhGroups.Ffdhe2048.ExponentFrom(right.AsSpan(1), exponent));
        Assert.Throws<ArgumentException>(() => DhGroups.Ffdhe2048.ExponentFrom(right, exponent.AsSpan(1)));
    }

    private static DhGroup[] Groups() =>
        [.. DhGroups.Named, new DhGroup("by value", oid: null, Number(DhGroups.Ffdhe2048.P.Span), 4, exponentBits: null)];

    private static BigInteger M(DhGroup group) => BigInteger.Min(BigInteger.One << group.ExponentBits, Number(group.Q.Span));

    private static void AssertExponent(DhGroup group, byte[] candidate)
    {
        using var secret = Secret.From(candidate);
        using var x = group.ExponentFrom(secret);
        Assert.Equal(Padded((Number(candidate) % (M(group) - 1)) + 1, group.ExponentLength), x.Span.ToArray());
        var here = new byte[group.ExponentLength];
        group.ExponentFrom(candidate, here);
        Assert.Equal(x.Span.ToArray(), here);
    }

    // floor(2^shift * e) by the series of 1/k!, with 64 guard bits.
    private static BigInteger E(int shift)
    {
        var term = BigInteger.One << (shift + 64);
        var sum = BigInteger.Zero;
        for (var k = 1; !term.IsZero; k++)
        {
            sum += term;
            term /= k;
        }

        return sum >> 64;
    }

    private static BigInteger LibCryptoPrime(int nid)
    {
        var dh = NewDh(nid);
        GetParameters(dh, out var p, out _, out _);
        var octets = new byte[1024];
        var length = WriteNumber(p, octets);
        FreeDh(dh);
        return Number(octets.AsSpan(0, length));
    }

    [LibraryImport("libcrypto.so.3", EntryPoint = "DH_new_by_nid")]
    private static partial nint NewDh(int nid);

    [LibraryImport("libcrypto.so.3", EntryPoint = "DH_free")]
    private static partial void FreeDh(nint dh);

    [LibraryImport("libcrypto.so.3", EntryPoint = "DH_get0_pqg")]
    private static partial void GetParameters(nint dh, out nint p, out nint q, out nint g);

    [LibraryImport("libcrypto.so.3", EntryPoint = "BN_bn2bin")]
    private static partial int WriteNumber(nint number, Span<byte> octets);
}
