using CkiSdk.Crypto.Software;
using FsCheck.Xunit;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests.Software;

public sealed class AesKeyWrapTests
{
    private const string WrappingKey = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private static readonly IKeyWrap KeyWrap = CryptoProviders.Software.KeyWrap;

    [Theory]
    [InlineData("RFC 3394 4.1: 128 bits", 16, "00112233445566778899aabbccddeeff", "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5")]
    [InlineData("RFC 3394 4.2: 192 bits", 24, "00112233445566778899aabbccddeeff", "96778b25ae6ca435f92b5b97c050aed2468ab8a17ad84e5d")]
    public void Wrap_Gives_KnownAnswerOfShorterKeys(string description, int length, string key, string wrapped)
    {
        Assert.NotEmpty(description);
        using var wrappingKey = SecretOf(WrappingKey[..(2 * length)]);
        using var plain = SecretOf(key);
        Assert.Equal(wrapped, Hex(KeyWrap.Wrap(wrappingKey, plain)));
        using var unwrapped = KeyWrap.Unwrap(wrappingKey, Convert.FromHexString(wrapped));
        Assert.Equal(key, Hex(unwrapped!.Span));
    }

    [Theory]
    [InlineData("RFC 3394 4.3", "00112233445566778899aabbccddeeff", "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7")]
    [InlineData(
        "RFC 3394 4.5",
        "00112233445566778899aabbccddeeff0001020304050607",
        "a8f9bc1612c68b3ff6e6f4fbe30e71e4769c8b80a32cb8958cd5d17d6b254da1")]
    [InlineData(
        "RFC 3394 4.6",
        "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f",
        "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21")]
    public void Wrap_Gives_KnownAnswer(string description, string key, string wrapped)
    {
        Assert.NotEmpty(description);
        using var wrappingKey = SecretOf(WrappingKey);
        using var plain = SecretOf(key);
        Assert.Equal(wrapped, Hex(KeyWrap.Wrap(wrappingKey, plain)));
        using var unwrapped = KeyWrap.Unwrap(wrappingKey, Convert.FromHexString(wrapped));
        Assert.NotNull(unwrapped);
        Assert.Equal(key, Hex(unwrapped.Span));
    }

    // RFC 5649 §6 uses a wrapping key of 192 bits, which the profile does not: it proves the oracle of the test below.
    [Theory]
    [InlineData("20 octets", "c37b7e6492584340bed12207808941155068f738", "138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a")]
    [InlineData("7 octets", "466f7250617369", "afbeb0f07dfbf5419200f2ccb50bb24f")]
    public void BouncyCastle_Gives_KnownAnswersOfRfc5649(string description, string octets, string wrapped)
    {
        Assert.NotEmpty(description);
        var key = Convert.FromHexString("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8");
        Assert.Equal(wrapped, Hex(BouncyCastleWrapPadded(key, Convert.FromHexString(octets))));
    }

    [Property]
    public void WrapPadded_Equals_BouncyCastle(byte[] octets)
    {
        byte[] content = [.. octets, 1];
        using var wrappingKey = SecretOf(WrappingKey);
        using var plain = Secret.From(content);
        var wrapped = KeyWrap.WrapPadded(wrappingKey, plain);
        Assert.Equal(BouncyCastleWrapPadded(Convert.FromHexString(WrappingKey), content), wrapped);
        using var unwrapped = KeyWrap.UnwrapPadded(wrappingKey, wrapped);
        Assert.Equal(content, unwrapped!.Span.ToArray());
    }

    [Fact]
    public void Unwrap_Rejects_EveryFlippedBit()
    {
        using var wrappingKey = SecretOf(WrappingKey);
        using var key = SecretOf("00112233445566778899aabbccddeeff");
        var wrapped = KeyWrap.Wrap(wrappingKey, key);
        var padded = KeyWrap.WrapPadded(wrappingKey, key);
        foreach (var changed in Damage.FlippedBits(wrapped))
            Assert.Null(KeyWrap.Unwrap(wrappingKey, changed));
        foreach (var changed in Damage.FlippedBits(padded))
            Assert.Null(KeyWrap.UnwrapPadded(wrappingKey, changed));
        Assert.Null(KeyWrap.UnwrapPadded(wrappingKey, wrapped));
        Assert.Null(KeyWrap.Unwrap(wrappingKey, padded));
    }

    [Fact]
    public void Unwrap_Rejects_WrongLengths()
    {
        using var wrappingKey = SecretOf(WrappingKey);
        foreach (var length in new[] { 0, 1, 7, 8, 15, 17, 23, 25, 39 })
        {
            Assert.Null(KeyWrap.Unwrap(wrappingKey, new byte[length]));
            Assert.Null(KeyWrap.UnwrapPadded(wrappingKey, new byte[length]));
        }

        Assert.Null(KeyWrap.Unwrap(wrappingKey, new byte[16]));
    }

    [Fact]
    public void Wrap_Rejects_WrongLengths()
    {
        using var wrappingKey = SecretOf(WrappingKey);
        using var shortWrappingKey = new Secret(15);
        using var key = new Secret(16);
        foreach (var length in new[] { 0, 8, 17 })
        {
            using var wrong = new Secret(length);
            Assert.Throws<ArgumentException>(() => KeyWrap.Wrap(wrappingKey, wrong));
        }

        using var empty = new Secret(0);
        Assert.Throws<ArgumentException>(() => KeyWrap.WrapPadded(wrappingKey, empty));
        Assert.Throws<ArgumentException>(() => KeyWrap.Wrap(shortWrappingKey, key));
        Assert.Throws<ArgumentException>(() => KeyWrap.WrapPadded(shortWrappingKey, key));
        Assert.Throws<ArgumentException>(() => KeyWrap.Unwrap(shortWrappingKey, new byte[24]));
        Assert.Throws<ArgumentException>(() => KeyWrap.UnwrapPadded(shortWrappingKey, new byte[24]));
    }

    private static byte[] BouncyCastleWrapPadded(byte[] key, byte[] octets)
    {
        var engine = new Rfc5649WrapEngine(new AesEngine());
        engine.Init(forWrapping: true, new KeyParameter(key));
        return engine.Wrap(octets, 0, octets.Length);
    }
}
