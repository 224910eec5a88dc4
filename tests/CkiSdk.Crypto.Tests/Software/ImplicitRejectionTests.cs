using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using CkiSdk.Crypto.Software;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests.Software;

/// <summary>Compares implicit rejection with a plain reading of draft-irtf-cfrg-rsa-guidance, written with branches and big integers.</summary>
public sealed class ImplicitRejectionTests
{
    [Fact]
    public async Task DecryptAsync_Gives_WhatTheDraftSays()
    {
        using var pkcs8 = SoftwareKeys.GenerateRsa(2048);
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8.Span, out _);
        var parts = rsa.ExportParameters(includePrivateParameters: true);
        using var key = await CryptoProviders.Software.Keys.ImportDecryptionKeyAsync(pkcs8, TestContext.Current.CancellationToken);
        var n = Number(parts.Modulus);
        foreach (var padded in Paddings())
        {
            var ciphertext = Padded(BigInteger.ModPow(Number(padded), Number(parts.Exponent), n), 256);
            using var plaintext = await key.DecryptAsync(RsaEncryptionScheme.Pkcs1, ciphertext, TestContext.Current.CancellationToken);
            Assert.Equal(Hex(Reference(padded, ciphertext, parts.D!)), Hex(plaintext!.Span));
        }
    }

    private static IEnumerable<byte[]> Paddings()
    {
        byte[] good = [0, 2, .. Enumerable.Repeat((byte)7, 200), 0, .. Enumerable.Range(0, 53).Select(i => (byte)i)];
        yield return good;
        yield return [0, 2, .. Enumerable.Repeat((byte)7, 253), 0]; // an empty message
        yield return [0, 2, .. Enumerable.Repeat((byte)7, 8), 0, .. Enumerable.Repeat((byte)9, 245)]; // the longest
        yield return [0, 2, .. Enumerable.Repeat((byte)7, 7), 0, .. Enumerable.Repeat((byte)9, 246)]; // a padding too short
        yield return [0, 2, .. Enumerable.Repeat((byte)7, 254)]; // no end
        yield return [0, 1, .. good[2..]];
        yield return [1, 2, .. good[2..]];
        yield return [0, 0, .. good[2..]];
        yield return [0, 2, 0, .. good[3..]];
        for (var i = 0; i < 40; i++)
            yield return [0, 3, .. good[2..^1], (byte)i];
    }

    private static byte[] Reference(byte[] padded, byte[] ciphertext, byte[] d)
    {
        var end = Array.IndexOf(padded, (byte)0, 2);
        if (padded[0] == 0 && padded[1] == 2 && end >= 10)
            return padded[(end + 1)..];
        var key = HMACSHA256.HashData(SHA256.HashData(d), ciphertext);
        var candidates = Prf(key, "length", 256);
        var length = 0;
        for (var i = 0; i < 128; i++)
        {
            var candidate = ((candidates[2 * i] << 8) | candidates[(2 * i) + 1]) & 0xFF; // 246 needs 8 bits
            if (candidate < 246)
                length = candidate;
        }

        return Prf(key, "message", 256)[^length..];
    }

    private static byte[] Prf(byte[] key, string label, int length)
    {
        var output = new List<byte>();
        for (var i = 0; output.Count < length; i++)
            output.AddRange(HMACSHA256.HashData(key, (byte[])[(byte)(i >> 8), (byte)i, .. Encoding.ASCII.GetBytes(label), (byte)(length * 8 >> 8), (byte)(length * 8)]));
        return [.. output.Take(length)];
    }
}
