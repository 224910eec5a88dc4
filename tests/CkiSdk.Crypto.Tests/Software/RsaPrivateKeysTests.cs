using System.Numerics;
using System.Security.Cryptography;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Crypto.Software;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests.Software;

/// <summary>Shows which unusual RSA private keys are used, and which are refused with which reason.</summary>
public sealed class RsaPrivateKeysTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // tcllib's pki adds multiples of (p − 1)·(q − 1) as long as d has no more bits than n.
    [Theory]
    [InlineData("one multiple", 1)]
    [InlineData("some multiples", 7)]
    [InlineData("many multiples", 1_000_003)]
    public async Task ExponentsAboveTheModulus_AreReduced(string description, int multiples)
    {
        Assert.NotEmpty(description);
        var key = RsaShape.Usual();
        var excess = key with { D = key.D + (multiples * (key.P - 1) * (key.Q - 1)) };
        Assert.True(excess.D > excess.N);
        using var pkcs8 = excess.ToPkcs8();
        using var reduced = RsaPrivateKeys.Reduce(pkcs8);
        using var expected = key.ToPkcs8();
        Assert.True(reduced.FixedTimeEquals(expected.Span));
        await Use(excess);
    }

    [Fact]
    public async Task ExponentsBelowTheModulus_AreKept()
    {
        var key = RsaShape.Usual();
        await Use(key);
        var byProduct = key with { D = RsaShape.Inverse(key.E, (key.P - 1) * (key.Q - 1)) };
        foreach (var d in new[] { byProduct.D, key.D + key.Lcm })
        {
            var same = key with { D = d };
            Assert.True(d > key.Lcm && d < key.N);
            using var pkcs8 = same.ToPkcs8();
            using var kept = RsaPrivateKeys.Reduce(pkcs8);
            Assert.True(kept.FixedTimeEquals(pkcs8.Span));
            await Use(same);
        }
    }

    [Fact]
    public Task SmallerPrimeFirst_IsUsed() => Use(RsaShape.Swapped());

    [Fact]
    public Task PrimesOfDifferentLengths_AreUsed() => Use(RsaShape.Unbalanced());

    [Fact]
    public Task PrivateExponents_OfRightLength_MayBeginWithZeros()
    {
        var exponents = Enumerable.Range(0, 4000).Select(i => 65537 + (2 * i)).Where(IsInvertible).Select(RsaShape.Usual);
        return Use(exponents.First(key => Octets(key.Dp).Length < 128 || Octets(key.Dq).Length < 128));
    }

    [Fact]
    public Task Inconsistencies_AreRefused()
    {
        var key = RsaShape.Usual();
        (string Reason, RsaShape Key)[] rows =
        [
            ("p·q is not n", key with { N = key.N + 2 }),
            ("p·q is not n", key with { P = key.N, Q = 1 }),
            ("d is not the inverse", key with { D = key.D + 2 }),
            ("d is not the inverse", key with { D = key.N + key.D }),
            ("d is not the inverse", key with { D = 0 }),
            ("Chinese remainder", key with { Dp = key.Dp + 1 }),
            ("Chinese remainder", key with { Dq = key.Dq + 2 }),
            ("Chinese remainder", key with { Dp = key.Dp + key.P - 1 }),
            ("Chinese remainder", key with { Dp = key.Dq, Dq = key.Dp }),
            ("Chinese remainder", key with { Coefficient = key.Coefficient + 1 }),
            ("Chinese remainder", key with { P = key.Q, Q = key.P, Dp = key.Dq, Dq = key.Dp }),
            ("Chinese remainder", key with { Coefficient = 0 }),
            ("fewer than 512 bits", RsaShape.WithShortPrime()),
            ("negative", key with { D = -key.D }),
            ("negative", key with { N = Negative(key.N) }),
            ("more than two primes", key with { Others = new OtherPrimeInfos([new OtherPrimeInfo { Prime = 3, Exponent = 1, Coefficient = 1 }]) }),
        ];
        return Task.WhenAll(rows.Select(row => Refuse(row.Reason, row.Key)));
    }

    private static bool IsInvertible(int exponent)
    {
        var key = RsaShape.Usual();
        return BigInteger.GreatestCommonDivisor(exponent, key.Lcm).IsOne;
    }

    // What a writer makes of a number who forgets the leading octet of zero.
    private static BigInteger Negative(BigInteger number) => new(Octets(number), isUnsigned: false, isBigEndian: true);

    private static async Task Use(RsaShape key)
    {
        using var pkcs8 = key.ToPkcs8();
        using var signing = await CryptoProviders.Software.Keys.ImportSigningKeyAsync(pkcs8, Cancellation);
        using var decryption = await CryptoProviders.Software.Keys.ImportDecryptionKeyAsync(pkcs8, Cancellation);
        using var framework = RSA.Create(new RSAParameters { Modulus = Octets(key.N), Exponent = Octets(key.E) });
        var signature = await signing.SignAsync(SignatureAlgorithm.RsaPssSha256, "message"u8.ToArray(), Cancellation);
        Assert.True(framework.VerifyData("message"u8, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
        using var plaintext = await decryption.DecryptAsync(RsaEncryptionScheme.OaepSha256, framework.Encrypt("message"u8, RSAEncryptionPadding.OaepSHA256), Cancellation);
        Assert.Equal("message"u8.ToArray(), plaintext!.Span.ToArray());
        using var exported = ((IExportableKey)signing).ExportPkcs8();
        Assert.True(Number(RsaPrivateKeys.NumbersOf(exported).PrivateExponent.Span) < key.N);
    }

    private static async Task Refuse(string reason, RsaShape key)
    {
        using var pkcs8 = key.ToPkcs8();
        using var same = RsaPrivateKeys.Reduce(pkcs8);
        Assert.True(same.FixedTimeEquals(pkcs8.Span), reason);
        var signing = await Assert.ThrowsAsync<CryptoProviderException>(async () => await CryptoProviders.Software.Keys.ImportSigningKeyAsync(pkcs8, Cancellation));
        Assert.Contains(reason, signing.Message, StringComparison.Ordinal);
        var decryption = await Assert.ThrowsAsync<CryptoProviderException>(async () => await CryptoProviders.Software.Keys.ImportDecryptionKeyAsync(pkcs8, Cancellation));
        Assert.Equal(signing.Message, decryption.Message);
    }
}
