using CkiSdk.Crypto.Software;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests;

public sealed class HkdfTests
{
    // RFC 5869 appendix A.1 to A.3: input key, salt, info, pseudorandom key, output.
    public static TheoryData<string, string, string, string, string, string> Rows => new()
    {
        {
            "A.1 basic",
            "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
            "000102030405060708090a0b0c",
            "f0f1f2f3f4f5f6f7f8f9",
            "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        },
        {
            "A.2 longer inputs and outputs",
            Hex([.. Enumerable.Range(0x00, 80).Select(i => (byte)i)]),
            Hex([.. Enumerable.Range(0x60, 80).Select(i => (byte)i)]),
            Hex([.. Enumerable.Range(0xb0, 80).Select(i => (byte)i)]),
            "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
            + "cc30c58179ec3e87c14c01d5c1f3434f1d87"
        },
        {
            "A.3 no salt, no info",
            "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
            string.Empty,
            string.Empty,
            "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task ExtractAndExpand_Give_KnownAnswers(string description, string inputKey, string salt, string info, string key, string output)
    {
        Assert.NotEmpty(description);
        using var input = SecretOf(inputKey);
        using var extracted = Hkdf.Extract(Convert.FromHexString(salt), input);
        Assert.Equal(key, Hex(extracted.Span));
        using var expanded = Hkdf.Expand(extracted, Convert.FromHexString(info), output.Length / 2);
        Assert.Equal(output, Hex(expanded.Span));

        var cancellation = TestContext.Current.CancellationToken;
        using var secretKey = await CryptoProviders.Software.Keys.ImportSecretKeyAsync(extracted, cancellation);
        using var derived = await secretKey.DeriveAsync(Convert.FromHexString(info), output.Length / 2, cancellation);
        Assert.Equal(output, Hex(derived.Span));

        var here = new byte[output.Length / 2];
        Hkdf.Expand(extracted.Span, Convert.FromHexString(info), here);
        Assert.Equal(output, Hex(here));
    }

    [Fact]
    public void Expand_IntoMemoryOfTheCaller_Rejects_WhatTheOtherDoes()
    {
        Assert.Throws<ArgumentException>(() => Hkdf.Expand(new byte[31], "context"u8, new byte[32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hkdf.Expand(new byte[32], "context"u8, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hkdf.Expand(new byte[32], "context"u8, new byte[Hkdf.MaxLength + 1]));
    }

    [Theory]
    [InlineData(16 * 1024)]
    [InlineData((16 * 1024) + 1)]
    [InlineData(100_000)]
    public void Expand_Takes_ContextsOfAnyLength(int length)
    {
        var octets = new byte[32];
        octets[0] = 1;
        using var key = Secret.From(octets);
        var context = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        byte[] whole = [.. context, 1];
        var first = System.Security.Cryptography.HMACSHA256.HashData(octets, whole);
        whole = [.. first, .. context, 2];
        var second = System.Security.Cryptography.HMACSHA256.HashData(octets, whole);
        using var expanded = Hkdf.Expand(key, context, 50);
        Assert.Equal(Hex([.. first, .. second[..18]]), Hex(expanded.Span));
    }

    [Theory]
    [InlineData(16 * 1024)]
    [InlineData(40_000)]
    public void Expand_Takes_ContextsThatItsOutputOverwrites(int length)
    {
        var octets = new byte[32];
        octets[0] = 1;
        using var key = Secret.From(octets);
        var context = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        using var expected = Hkdf.Expand(key, context, 100);
        Hkdf.Expand(octets, context, context.AsSpan(20, 100));
        Assert.Equal(Hex(expected.Span), Hex(context.AsSpan(20, 100)));
    }

    [Fact]
    public void Expand_Rejects_LengthsOutOfRange()
    {
        using var key = new Secret(32);
        Assert.Throws<ArgumentOutOfRangeException>(() => Hkdf.Expand(key, [], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hkdf.Expand(key, [], Hkdf.MaxLength + 1));
        using var longest = Hkdf.Expand(key, [], Hkdf.MaxLength);
        Assert.Equal(8160, longest.Length);
    }

    [Fact]
    public void Expand_Rejects_ShortKey()
    {
        using var key = new Secret(31);
        Assert.Throws<ArgumentException>(() => Hkdf.Expand(key, [], 32));
    }
}
