using CkiSdk.Crypto.Software;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests.Software;

public sealed class AesGcmContentCipherTests
{
    private static readonly IContentCipher Cipher = CryptoProviders.Software.ContentCipher;

    // The test cases 13 to 16 of the GCM specification (McGrew and Viega), AES-256.
    [Theory]
    [InlineData(
        "13: nothing",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "000000000000000000000000",
        "",
        "",
        "",
        "530f8afbc74536b9a963b4f1c4cb738b")]
    [InlineData(
        "14: one block of zeros",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "000000000000000000000000",
        "00000000000000000000000000000000",
        "",
        "cea7403d4d606b6e074ec5d3baf39d18",
        "d0d1c8a799996bf0265b98b5d48ab919")]
    [InlineData(
        "16: with associated octets",
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        "cafebabefacedbaddecaf888",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
        "76fc6ece0f4e1768cddf8853bb2d551b")]
    public void Encrypt_Gives_KnownAnswer(string description, string key, string nonce, string plaintext, string associated, string ciphertext, string tag)
    {
        Assert.NotEmpty(description);
        using var secret = SecretOf(key);
        var encrypted = new byte[ciphertext.Length / 2];
        var computedTag = new byte[16];
        Cipher.Encrypt(
            secret,
            Convert.FromHexString(nonce),
            Convert.FromHexString(plaintext),
            Convert.FromHexString(associated),
            encrypted,
            computedTag);
        Assert.Equal(ciphertext, Hex(encrypted));
        Assert.Equal(tag, Hex(computedTag));
        using var decrypted = Cipher.Decrypt(secret, Convert.FromHexString(nonce), encrypted, computedTag, Convert.FromHexString(associated));
        Assert.Equal(plaintext, Hex(decrypted!.Span));
    }

    [Fact]
    public void Decrypt_Rejects_EveryFlippedBit()
    {
        using var key = new Secret(32);
        byte[] nonce = new byte[12], content = [1, 2, 3, 4, 5], associated = [6, 7], ciphertext = new byte[5], tag = new byte[16];
        Cipher.Encrypt(key, nonce, content, associated, ciphertext, tag);
        foreach (var changed in Damage.FlippedBits(nonce))
            Assert.Null(Cipher.Decrypt(key, changed, ciphertext, tag, associated));
        foreach (var changed in Damage.FlippedBits(ciphertext))
            Assert.Null(Cipher.Decrypt(key, nonce, changed, tag, associated));
        foreach (var changed in Damage.FlippedBits(tag))
            Assert.Null(Cipher.Decrypt(key, nonce, ciphertext, changed, associated));
        foreach (var changed in Damage.FlippedBits(associated))
            Assert.Null(Cipher.Decrypt(key, nonce, ciphertext, tag, changed));
        Assert.Null(Cipher.Decrypt(key, nonce, ciphertext, tag.AsSpan(0, 12), associated));
        Assert.Null(Cipher.Decrypt(key, nonce.AsSpan(1), ciphertext, tag, associated));
    }

    [Fact]
    public void Ciphers_Reject_KeysOfNoAes()
    {
        using var key = new Secret(20);
        Assert.Throws<ArgumentException>(() => Cipher.Encrypt(key, new byte[12], [], [], [], new byte[16]));
        Assert.Throws<ArgumentException>(() => Cipher.Decrypt(key, new byte[12], [], new byte[16], []));
    }
}
