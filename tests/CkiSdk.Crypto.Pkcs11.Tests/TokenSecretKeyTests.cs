using System.Security.Cryptography;

namespace CkiSdk.Crypto.Pkcs11.Tests;

/// <summary>Shows that HKDF-Expand block by block gives what the framework does, and leaves nothing behind, also where the token is taken out in the middle.</summary>
public sealed class TokenSecretKeyTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];
    private static readonly byte[] Context = "context"u8.ToArray();

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(100)]
    [InlineData(Hkdf.MaxLength)]
    public void Expand_Gives_WhatHkdfDoes_AndZeroesItsBlocks(int length)
    {
        var seen = new List<byte[]>();
        using var derived = TokenSecretKey.Expand(Hmac, Context, length);
        Assert.Equal(HKDF.Expand(HashAlgorithmName.SHA256, Key, length, Context), derived.Span.ToArray());
        Assert.All(seen, octets => Assert.DoesNotContain(octets, octet => octet != 0));

        byte[] Hmac(byte[] input)
        {
            var block = HMACSHA256.HashData(Key, input);
            seen.AddRange([input, block]);
            return block;
        }
    }

    [Fact]
    public void Expand_ZeroesItsBlocks_WhereTheTokenGoesAway()
    {
        var seen = new List<byte[]>();
        Assert.Throws<CryptoProviderException>(() => TokenSecretKey.Expand(Hmac, Context, 100));
        Assert.Equal(3, seen.Count);
        Assert.All(seen, octets => Assert.DoesNotContain(octets, octet => octet != 0));

        // The second input has the first block in it.
        byte[] Hmac(byte[] input)
        {
            seen.Add(input);
            if (seen.Count > 1) throw new CryptoProviderException(CryptoError.DeviceUnavailable, "The token is gone.");
            var block = HMACSHA256.HashData(Key, input);
            seen.Add(block);
            return block;
        }
    }
}
