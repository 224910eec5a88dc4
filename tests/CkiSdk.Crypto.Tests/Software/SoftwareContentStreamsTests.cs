using System.Security.Cryptography;
using CkiSdk.Crypto.Software;
using CkiSdk.TestSupport;

namespace CkiSdk.Crypto.Tests.Software;

/// <summary>Holds the ciphers for streams, by libcrypto and by BouncyCastle, against the framework's one-shot ciphers.</summary>
public sealed class SoftwareContentStreamsTests
{
    public static TheoryData<ContentEncryption, bool> Ciphers =>
        new MatrixTheoryData<ContentEncryption, bool>(Enum.GetValues<ContentEncryption>(), [true, false]);

    [Theory]
    [MemberData(nameof(Ciphers))]
    public void Pieces_Give_WhatTheFrameworkGives(ContentEncryption algorithm, bool useLibCrypto)
    {
        var streams = new SoftwareContentStreams(useLibCrypto);
        using var key = Secret.Random(algorithm.KeyLength(), CryptoProviders.Software.Random);
        var nonce = RandomNumberGenerator.GetBytes(algorithm.NonceLength());
        byte[] associated = algorithm.IsAuthenticated() ? [1, 2, 3] : [];
        foreach (var length in (int[])[0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 1000, 70000])
        {
            var content = RandomNumberGenerator.GetBytes(length);
            var (ciphertext, tag) = Encrypt(streams, algorithm, key, nonce, associated, content);
            Assert.Equal(Reference(algorithm, key, nonce, associated, content), (byte[])[.. ciphertext, .. tag]);
            Assert.Equal(content, Decrypt(streams, algorithm, key, nonce, associated, ciphertext, tag));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryFinish_Rejects_EveryFlippedBit(bool useLibCrypto)
    {
        var streams = new SoftwareContentStreams(useLibCrypto);
        using var key = new Secret(16);
        var (ciphertext, tag) = Encrypt(streams, ContentEncryption.Aes128Gcm, key, new byte[12], [9], [1, 2, 3]);
        Assert.All(Damage.FlippedBits(tag), changed => Assert.Null(Decrypt(streams, ContentEncryption.Aes128Gcm, key, new byte[12], [9], ciphertext, changed)));
        Assert.All(Damage.FlippedBits(ciphertext), changed => Assert.Null(Decrypt(streams, ContentEncryption.Aes128Gcm, key, new byte[12], [9], changed, tag)));
        Assert.Null(Decrypt(streams, ContentEncryption.Aes128Gcm, key, new byte[12], [8], ciphertext, tag));
        Assert.Null(Decrypt(streams, ContentEncryption.Aes128Gcm, key, new byte[12], [9], ciphertext, tag[..11]));
        Assert.Null(Decrypt(streams, ContentEncryption.Aes128Gcm, key, new byte[12], [9], ciphertext, []));
    }

    [Theory]
    [InlineData("the content as it is", "000102030405060708090a0b0c0d0e0f", -1)]
    [InlineData("a zero", "00000000000000000000000000000000", -1)]
    [InlineData("more than a block", "11111111111111111111111111111111", -1)]
    [InlineData("255", "ffffffffffffffffffffffffffffffff", -1)]
    [InlineData("a whole block", "10101010101010101010101010101010", 0)]
    [InlineData("a block with one other octet", "10101010001010101010101010101010", -1)]
    [InlineData("one octet", "00000000000000000000000000000001", 15)]
    [InlineData("three octets", "00000000000000000000000000030303", 13)]
    [InlineData("three octets, the first another", "00000000000000000000000000020303", -1)]
    [InlineData("eight of eight", "0808080808080808", 0)]
    [InlineData("nine of eight", "0909090909090909", -1)]
    public void ContentLength_Tells_PaddingFromContent(string description, string last, int expected) =>
        Assert.Equal((description, expected), (description, CbcPadding.ContentLength(Hex.Decode(last))));

    [Fact]
    public void Ciphers_Reject_WrongLengths()
    {
        var streams = CryptoProviders.Software.ContentStreams;
        using var key = new Secret(32);
        Assert.Throws<ArgumentException>(() => streams.Encrypt(ContentEncryption.Aes128Gcm, key, new byte[12], []));
        Assert.Throws<ArgumentException>(() => streams.Encrypt(ContentEncryption.Aes256Gcm, key, [], []));
        Assert.Throws<ArgumentException>(() => streams.Decrypt(ContentEncryption.Aes256Cbc, key, new byte[12], []));
        Assert.Throws<ArgumentException>(() => streams.Decrypt(ContentEncryption.Aes256Cbc, key, new byte[16], [1]));
        using var decryptor = streams.Decrypt(ContentEncryption.Aes256Cbc, key, new byte[16], []);
        Assert.Throws<ArgumentException>(() => decryptor.Update(new byte[16], new byte[16]));
        Assert.False(decryptor.TryFinish([], new byte[16], out _));
    }

    private static (byte[] Ciphertext, byte[] Tag) Encrypt(
        SoftwareContentStreams streams, ContentEncryption algorithm, Secret key, byte[] nonce, byte[] associated, byte[] content)
    {
        using var encryptor = streams.Encrypt(algorithm, key, nonce, associated);
        using var written = new MemoryStream();
        var buffer = new byte[8192];
        foreach (var piece in Pieces(content))
            written.Write(buffer, 0, encryptor.Update(piece, buffer));
        var tag = new byte[algorithm.IsAuthenticated() ? 16 : 0];
        written.Write(buffer, 0, encryptor.Finish(buffer, tag));
        return (written.ToArray(), tag);
    }

    private static byte[]? Decrypt(SoftwareContentStreams streams, ContentEncryption algorithm, Secret key, byte[] nonce, byte[] associated, byte[] ciphertext, byte[] tag)
    {
        using var decryptor = streams.Decrypt(algorithm, key, nonce, associated);
        using var written = new MemoryStream();
        var buffer = new byte[8192];
        foreach (var piece in Pieces(ciphertext))
            written.Write(buffer, 0, decryptor.Update(piece, buffer));
        var isGood = decryptor.TryFinish(tag, buffer, out var length);
        written.Write(buffer, 0, length);
        return isGood ? written.ToArray() : null;
    }

    private static IEnumerable<byte[]> Pieces(byte[] octets)
    {
        var sizes = (int[])[1, 15, 16, 17, 4096, 3];
        for (int start = 0, i = 0; start < octets.Length; i++)
        {
            var size = Math.Min(sizes[i % sizes.Length], octets.Length - start);
            yield return octets[start..(start + size)];
            start += size;
        }
    }

    private static byte[] Reference(ContentEncryption algorithm, Secret key, byte[] nonce, byte[] associated, byte[] content)
    {
        if (algorithm.IsAuthenticated())
        {
            var (ciphertext, tag) = (new byte[content.Length], new byte[16]);
            using var gcm = new AesGcm(key.Span, 16);
            gcm.Encrypt(nonce, content, ciphertext, tag, associated);
            return [.. ciphertext, .. tag];
        }

#pragma warning disable CA5350 // the old cipher is what the test is about
        using SymmetricAlgorithm cipher = algorithm == ContentEncryption.TripleDesCbc ? TripleDES.Create() : Aes.Create();
#pragma warning restore CA5350
        cipher.Key = key.Span.ToArray();
        return cipher.EncryptCbc(content, nonce);
    }
}
