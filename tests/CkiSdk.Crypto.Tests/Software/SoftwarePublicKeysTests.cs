using CkiSdk.Crypto.Software;
using CkiSdk.TestSupport;

namespace CkiSdk.Crypto.Tests.Software;

public sealed class SoftwarePublicKeysTests
{
    private static readonly IPublicKeys PublicKeys = CryptoProviders.Software.PublicKeys;

    [Fact]
    public void TryImportVerificationKey_Refuses_WhatTheProfileDoesNotAllow()
    {
        var rsa = Witnesses.OpenSslKey(KeyAlgorithm.Rsa2048).SubjectPublicKeyInfo;
        var ec = Witnesses.OpenSslKey(KeyAlgorithm.EcP256).SubjectPublicKeyInfo;
        (string Description, CryptoError Code, byte[] Key)[] wrong =
        [
            ("nothing", CryptoError.InvalidKey, []),
            ("no DER", CryptoError.InvalidKey, [1, 2, 3]),
            ("RSA-1024", CryptoError.WeakKey, Witnesses.OpenSslKey("RSA", "rsa_keygen_bits:1024").SubjectPublicKeyInfo),
            ("RSA with e = 1", CryptoError.InvalidKey, WithExponent(rsa, 0x010001, 0x000001)),
            ("RSA with an even e", CryptoError.InvalidKey, WithExponent(rsa, 0x010001, 0x010002)),
            ("RSA, an octet behind", CryptoError.InvalidKey, [.. rsa, 0]),
            ("RSA, cut", CryptoError.InvalidKey, rsa[..^1]),
            ("RSA with e = 3", CryptoError.WeakKey, Witnesses.OpenSslKey("RSA", "rsa_keygen_bits:2048", "rsa_keygen_pubexp:3").SubjectPublicKeyInfo),
            ("secp256k1", CryptoError.UnsupportedKey, Witnesses.OpenSslKey("EC", "ec_paramgen_curve:secp256k1").SubjectPublicKeyInfo),
            ("P-256 by explicit parameters", CryptoError.UnsupportedKey, ExplicitParameters()),
            ("P-256 off the curve", CryptoError.InvalidKey, [.. ec[..^1], (byte)(ec[^1] ^ 1)]),
            ("Ed448", CryptoError.UnsupportedKey, Witnesses.OpenSslKey("ED448").SubjectPublicKeyInfo),
        ];
        foreach (var (description, code, key) in wrong)
        {
            Assert.False(PublicKeys.TryImportVerificationKey(key, out var imported, out var error), description);
            Assert.Null(imported);
            Assert.True(code == error, $"{description}: {error}");
            Assert.Equal(code, Assert.Throws<CryptoProviderException>(() => PublicKeys.ImportVerificationKey(key)).Code);
            Assert.False(PublicKeys.Verify(key, SignatureAlgorithm.RsaPkcs1Sha256, [], []));
        }
    }

    [Fact]
    public void TryImportVerificationKey_NeverThrows_OnFlippedBits()
    {
        foreach (var algorithm in new[] { KeyAlgorithm.Rsa2048, KeyAlgorithm.EcP256 })
        {
            foreach (var changed in Damage.FlippedBits(Witnesses.OpenSslKey(algorithm).SubjectPublicKeyInfo))
            {
                if (PublicKeys.TryImportVerificationKey(changed, out var key, out _))
                    key.Dispose();
            }
        }
    }

    [Fact]
    public void Encrypt_Refuses_WrongKeysAndLongPlaintexts()
    {
        using var secret = new Secret(32);
        using var tooLong = new Secret(256 - 65);
        var rsa = Witnesses.OpenSslKey(KeyAlgorithm.Rsa2048).SubjectPublicKeyInfo;
        var weak = Witnesses.OpenSslKey("RSA", "rsa_keygen_bits:1024").SubjectPublicKeyInfo;
        var ec = Witnesses.OpenSslKey(KeyAlgorithm.EcP256).SubjectPublicKeyInfo;
        Assert.Equal(CryptoError.WeakKey, Assert.Throws<CryptoProviderException>(() => PublicKeys.Encrypt(weak, secret)).Code);
        Assert.Equal(CryptoError.UnsupportedKey, Assert.Throws<CryptoProviderException>(() => PublicKeys.Encrypt(ec, secret)).Code);
        Assert.Equal(CryptoError.InvalidKey, Assert.Throws<CryptoProviderException>(() => PublicKeys.Encrypt([], secret)).Code);
        Assert.Throws<ArgumentException>(() => PublicKeys.Encrypt(rsa, tooLong));
        Assert.Equal(CryptoError.UnsupportedKey, Assert.Throws<CryptoProviderException>(() => PublicKeys.AgreeEphemeral(rsa)).Code);
    }

    private static byte[] WithExponent(byte[] rsa, int from, int to)
    {
        var changed = (byte[])rsa.Clone();
        Assert.Equal(from, (changed[^3] << 16) | (changed[^2] << 8) | changed[^1]);
        if (to == 1)
        {
            // 02 03 01 00 01 cannot become 02 01 01 in the same length: e = 1 needs the shorter INTEGER and new lengths around it.
            return Shortened(changed);
        }

        changed[^1] = (byte)to;
        return changed;
    }

    // The SubjectPublicKeyInfo of RSA-2048 is 30 82 01 22 · AlgorithmIdentifier (15 octets) · 03 82 01 0F 00 · 30 82 01 0A · n · e.
    private static byte[] Shortened(byte[] rsa)
    {
        byte[] changed = [.. rsa[..^5], 0x02, 0x01, 0x01];
        changed[3] -= 2;
        changed[22] -= 2;
        changed[27] -= 2;
        return changed;
    }

    private static byte[] ExplicitParameters()
    {
        string[] create = ["ecparam", "-name", "prime256v1", "-genkey", "-param_enc", "explicit", "-outform", "DER"];
        var key = ExternalProgram.RunOk("openssl", create).Output;
        return ExternalProgram.RunOk("openssl", ["ec", "-inform", "DER", "-pubout", "-outform", "DER", "-param_enc", "explicit"], key).Output;
    }
}
