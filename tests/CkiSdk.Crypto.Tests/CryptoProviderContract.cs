using System.Security.Cryptography;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests;

/// <summary>What the keys of every provider must do; BouncyCastle and the <c>openssl</c> command are the witnesses.</summary>
public abstract class CryptoProviderContract(CryptoProvider provider)
{
    private static readonly byte[] Message = "the octets to be signed"u8.ToArray();

    public static TheoryData<KeyAlgorithm, SignatureAlgorithm> Signatures => new()
    {
        { KeyAlgorithm.Rsa2048, SignatureAlgorithm.RsaPkcs1Sha256 },
        { KeyAlgorithm.Rsa2048, SignatureAlgorithm.RsaPssSha256 },
        { KeyAlgorithm.EcP256, SignatureAlgorithm.EcdsaSha256 },
        { KeyAlgorithm.Rsa2048, SignatureAlgorithm.RsaPssSha512 },
        { KeyAlgorithm.EcP384, SignatureAlgorithm.EcdsaSha384 },
        { KeyAlgorithm.EcP521, SignatureAlgorithm.EcdsaSha512 },
        { KeyAlgorithm.Ed25519, SignatureAlgorithm.Ed25519 },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Signatures))]
    public async Task SignAsync_IsVerified_ByOthers(KeyAlgorithm keyAlgorithm, SignatureAlgorithm algorithm)
    {
        using var key = await provider.Keys.CreateSigningKeyAsync(keyAlgorithm, Cancellation);
        Assert.Contains(algorithm, key.Algorithms);
        var signature = await key.SignAsync(algorithm, Message, Cancellation);
        Assert.True(provider.PublicKeys.Verify(key.SubjectPublicKeyInfo.Span, algorithm, Message, signature));
        Assert.True(Witnesses.BouncyCastleVerifies(key.SubjectPublicKeyInfo.ToArray(), algorithm, Message, signature));
        Assert.True(Witnesses.OpenSslVerifies(key.SubjectPublicKeyInfo.Span, algorithm, Message, signature));
    }

    [Theory]
    [MemberData(nameof(Signatures))]
    public async Task Verify_Rejects_EveryDamage(KeyAlgorithm keyAlgorithm, SignatureAlgorithm algorithm)
    {
        using var key = await provider.Keys.CreateSigningKeyAsync(keyAlgorithm, Cancellation);
        using var other = await provider.Keys.CreateSigningKeyAsync(keyAlgorithm, Cancellation);
        using var verifier = provider.PublicKeys.ImportVerificationKey(key.SubjectPublicKeyInfo.Span);
        var signature = await key.SignAsync(algorithm, Message, Cancellation);
        Assert.True(verifier.Verify(algorithm, Message, signature));
        foreach (var changed in Damage.FlippedBits(signature))
            Assert.False(verifier.Verify(algorithm, Message, changed));
        foreach (var changed in Damage.FlippedBits(Message))
            Assert.False(verifier.Verify(algorithm, changed, signature));
        Assert.False(verifier.Verify(algorithm, Message, []));
        Assert.False(verifier.Verify(algorithm, Message, signature.AsSpan(1)));
        Assert.False(verifier.Verify(algorithm, Message, signature.AsSpan(0, signature.Length - 1)));
        Assert.False(verifier.Verify(algorithm, Message, [.. signature, 0]));
        Assert.False(verifier.Verify(algorithm, Message, [0, .. signature]));
        Assert.False(provider.PublicKeys.Verify(other.SubjectPublicKeyInfo.Span, algorithm, Message, signature));
        foreach (var wrong in Enum.GetValues<SignatureAlgorithm>().Where(a => a != algorithm))
            Assert.False(verifier.Verify(wrong, Message, signature));
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcP256, SignatureAlgorithm.EcdsaSha256)]
    [InlineData(KeyAlgorithm.EcP384, SignatureAlgorithm.EcdsaSha384)]
    public async Task Verify_Rejects_ForgedEcdsaValues(KeyAlgorithm keyAlgorithm, SignatureAlgorithm algorithm)
    {
        using var key = await provider.Keys.CreateSigningKeyAsync(keyAlgorithm, Cancellation);
        using var verifier = provider.PublicKeys.ImportVerificationKey(key.SubjectPublicKeyInfo.Span);
        var signature = await key.SignAsync(algorithm, Message, Cancellation);
        var n = Witnesses.CurveOrder(keyAlgorithm);
        var (r, s) = Witnesses.ReadEcdsa(signature);
        Assert.True(verifier.Verify(algorithm, Message, Witnesses.WriteEcdsa(r, s)));
        (string Description, byte[] Value)[] forged =
        [
            ("r = 0, s = 0", Witnesses.WriteEcdsa(0, 0)),
            ("r = 1, s = 1", Witnesses.WriteEcdsa(1, 1)),
            ("r = 0", Witnesses.WriteEcdsa(0, s)),
            ("s = 0", Witnesses.WriteEcdsa(r, 0)),
            ("r = n, s = n", Witnesses.WriteEcdsa(n, n)),
            ("r + n", Witnesses.WriteEcdsa(r + n, s)),
            ("s + n", Witnesses.WriteEcdsa(r, s + n)),
            ("-r", Witnesses.WriteEcdsa(-r, s)),
            ("-s", Witnesses.WriteEcdsa(r, -s)),
            ("r and s swapped", Witnesses.WriteEcdsa(s, r)),
            ("long form of the length", [0x30, 0x81, .. signature[1..]]),
            ("indefinite length", [0x30, 0x80, .. signature[2..], 0, 0]),
            ("a zero octet before r", [0x30, (byte)(signature[1] + 1), 0x02, (byte)(signature[3] + 1), 0x00, .. signature[4..]]),
            ("a third element", [0x30, (byte)(signature[1] + 2), .. signature[2..], 0x05, 0x00]),
        ];
        foreach (var (description, value) in forged)
            Assert.False(verifier.Verify(algorithm, Message, value), description);
    }

    [Theory]
    [MemberData(nameof(Signatures))]
    public async Task SignAsync_Rejects_AlgorithmsOfOtherKeys(KeyAlgorithm keyAlgorithm, SignatureAlgorithm algorithm)
    {
        using var key = await provider.Keys.CreateSigningKeyAsync(keyAlgorithm, Cancellation);
        Assert.Contains(algorithm, key.Algorithms);
        foreach (var wrong in Enum.GetValues<SignatureAlgorithm>().Where(a => !key.Algorithms.Contains(a)))
        {
            var e = await Assert.ThrowsAsync<CryptoProviderException>(async () => await key.SignAsync(wrong, Message, Cancellation));
            Assert.Equal(CryptoError.UnsupportedAlgorithm, e.Code);
        }
    }

    [Fact]
    public async Task SignAsync_Works_OnSixteenThreads()
    {
        foreach (var (keyAlgorithm, algorithm) in Signatures.Select(row => row.Data))
        {
            using var key = await provider.Keys.CreateSigningKeyAsync(keyAlgorithm, Cancellation);
            using var verifier = provider.PublicKeys.ImportVerificationKey(key.SubjectPublicKeyInfo.Span);
            await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancellation }, async (i, cancellation) =>
            {
                byte[] message = [.. Message, (byte)i];
                var signature = await key.SignAsync(algorithm, message, cancellation);
                Assert.True(verifier.Verify(algorithm, message, signature));
            });
        }
    }

    [Theory]
    [InlineData(KeyAlgorithm.Rsa3072)]
    [InlineData(KeyAlgorithm.EcP256)]
    [InlineData(KeyAlgorithm.EcP384)]
    [InlineData(KeyAlgorithm.EcP521)]
    [InlineData(KeyAlgorithm.Ed25519)]
    public async Task ImportSigningKeyAsync_Takes_KeysOfOpenSsl(KeyAlgorithm algorithm)
    {
        var (pkcs8, subjectPublicKeyInfo) = Witnesses.OpenSslKey(algorithm);
        using var secret = Secret.From(pkcs8);
        using var key = await provider.Keys.ImportSigningKeyAsync(secret, Cancellation);
        Assert.Equal(subjectPublicKeyInfo, key.SubjectPublicKeyInfo.ToArray());
        var signature = await key.SignAsync(key.Algorithms[0], Message, Cancellation);
        Assert.True(Witnesses.OpenSslVerifies(subjectPublicKeyInfo, key.Algorithms[0], Message, signature));
    }

    [Fact]
    public async Task Import_Refuses_WeakForeignAndDamagedKeys()
    {
        (string Description, CryptoError Code, byte[] Pkcs8)[] wrong =
        [
            ("RSA-1024", CryptoError.WeakKey, Witnesses.OpenSslKey("RSA", "rsa_keygen_bits:1024").Pkcs8),
            ("secp256k1", CryptoError.UnsupportedKey, Witnesses.OpenSslKey("EC", "ec_paramgen_curve:secp256k1").Pkcs8),
            ("Ed448", CryptoError.UnsupportedKey, Witnesses.OpenSslKey("ED448").Pkcs8),
            ("RSA with e = 3", CryptoError.WeakKey, Witnesses.OpenSslKey("RSA", "rsa_keygen_bits:2048", "rsa_keygen_pubexp:3").Pkcs8),
            ("nothing", CryptoError.InvalidKey, []),
            ("no DER", CryptoError.InvalidKey, Message),
            ("an octet behind", CryptoError.InvalidKey, [.. Witnesses.OpenSslKey(KeyAlgorithm.EcP256).Pkcs8, 0]),
        ];
        foreach (var (description, code, pkcs8) in wrong)
        {
            using var secret = Secret.From(pkcs8);
            var e = await Assert.ThrowsAsync<CryptoProviderException>(async () => await provider.Keys.ImportSigningKeyAsync(secret, Cancellation));
            Assert.True(code == e.Code, $"{description}: {e.Code}");
        }
    }

    [Fact]
    public async Task DecryptAsync_Opens_WhatOthersEncrypted()
    {
        using var key = await provider.Keys.CreateDecryptionKeyAsync(KeyAlgorithm.Rsa2048, Cancellation);
        using var secret = SecretOf("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        byte[][] ciphertexts =
        [
            provider.PublicKeys.Encrypt(key.SubjectPublicKeyInfo.Span, secret),
            Witnesses.BouncyCastleEncrypts(key.SubjectPublicKeyInfo.ToArray(), secret.Span.ToArray(), label: []),
            Witnesses.OpenSslEncrypts(key.SubjectPublicKeyInfo.Span, secret.Span),
        ];
        foreach (var ciphertext in ciphertexts)
        {
            using var decrypted = await key.DecryptAsync(ciphertext, Cancellation);
            Assert.Equal(Hex(secret.Span), Hex(decrypted!.Span));
        }
    }

    [Fact]
    public async Task DecryptAsync_GivesNothing_ForDamagedCiphertexts()
    {
        using var key = await provider.Keys.CreateDecryptionKeyAsync(KeyAlgorithm.Rsa2048, Cancellation);
        using var secret = new Secret(32);
        var ciphertext = provider.PublicKeys.Encrypt(key.SubjectPublicKeyInfo.Span, secret);
        foreach (var changed in Damage.FlippedBits(ciphertext).Where((_, i) => i % 31 == 0))
            Assert.Null(await key.DecryptAsync(changed, Cancellation));
        Assert.Null(await key.DecryptAsync(ciphertext.AsMemory(1), Cancellation));
        Assert.Null(await key.DecryptAsync((byte[])[0, .. ciphertext], Cancellation));
        Assert.Null(await key.DecryptAsync(Array.Empty<byte>(), Cancellation));
        Assert.Null(await key.DecryptAsync(new byte[256], Cancellation));
        Assert.Null(await key.DecryptAsync(Enumerable.Repeat((byte)0xFF, 256).ToArray(), Cancellation));
        var labelled = Witnesses.BouncyCastleEncrypts(key.SubjectPublicKeyInfo.ToArray(), new byte[32], label: [1]);
        Assert.Null(await key.DecryptAsync(labelled, Cancellation));
    }

    public static TheoryData<bool, DigestAlgorithm, DigestAlgorithm, string> Schemes => new()
    {
        { true, default, default, "" },
        { false, DigestAlgorithm.Sha1, DigestAlgorithm.Sha1, "" },
        { false, DigestAlgorithm.Sha384, DigestAlgorithm.Sha384, "" },
        { false, DigestAlgorithm.Sha512, DigestAlgorithm.Sha512, "a label" },
        { false, DigestAlgorithm.Sha256, DigestAlgorithm.Sha1, "a label" },
    };

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task DecryptAsync_Opens_EverySchemeThatOpenSslEncrypts(bool isPkcs1, DigestAlgorithm hash, DigestAlgorithm mask, string label)
    {
        using var key = await provider.Keys.CreateDecryptionKeyAsync(KeyAlgorithm.Rsa2048, Cancellation);
        var scheme = isPkcs1 ? RsaEncryptionScheme.Pkcs1 : RsaEncryptionScheme.Oaep(hash, mask, System.Text.Encoding.ASCII.GetBytes(label));
        using var secret = SecretOf("00000102030405060708");
        byte[][] ciphertexts =
        [
            provider.PublicKeys.Encrypt(key.SubjectPublicKeyInfo.Span, scheme, secret),
            Witnesses.OpenSslEncrypts(key.SubjectPublicKeyInfo.Span, scheme, secret.Span),
        ];
        foreach (var ciphertext in ciphertexts)
        {
            using var decrypted = await key.DecryptAsync(scheme, ciphertext, Cancellation);
            Assert.Equal(Hex(secret.Span), Hex(decrypted!.Span));
        }
    }

    [Fact]
    public async Task DecryptAsync_RejectsImplicitly_WhatPkcs1PaddedWrongly()
    {
        using var key = await provider.Keys.CreateDecryptionKeyAsync(KeyAlgorithm.Rsa2048, Cancellation);
        using var secret = new Secret(48);
        var oaep = provider.PublicKeys.Encrypt(key.SubjectPublicKeyInfo.Span, secret); // decrypts to octets that are no padding of v1.5
        using var first = await key.DecryptAsync(RsaEncryptionScheme.Pkcs1, oaep, Cancellation);
        using var second = await key.DecryptAsync(RsaEncryptionScheme.Pkcs1, oaep, Cancellation);
        Assert.NotNull(first);
        Assert.Equal(Hex(first.Span), Hex(second!.Span));
        var lengths = new HashSet<int>();
        for (var i = 0; i < 32; i++)
        {
            var changed = (byte[])oaep.Clone();
            changed[^1] ^= (byte)(i + 1);
            using var other = await key.DecryptAsync(RsaEncryptionScheme.Pkcs1, changed, Cancellation);
            Assert.InRange(other!.Length, 0, 256 - 11);
            lengths.Add(other.Length);
        }

        Assert.InRange(lengths.Count, 16, 32);
        Assert.Null(await key.DecryptAsync(RsaEncryptionScheme.Pkcs1, oaep.AsMemory(1), Cancellation));
        Assert.Null(await key.DecryptAsync(RsaEncryptionScheme.Pkcs1, Enumerable.Repeat((byte)0xFF, 256).ToArray(), Cancellation));
    }

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048)]
    [InlineData(KeyAlgorithm.EcP256)]
    public async Task SignHashAsync_Signs_WhatOthersHashed(KeyAlgorithm algorithm)
    {
        using var key = Assert.IsType<IHashSigningKey>(await provider.Keys.CreateSigningKeyAsync(algorithm, Cancellation), exactMatch: false);
        foreach (var signing in key.Algorithms)
        {
            var hash = Witnesses.Hash(signing, Message);
            var signature = await key.SignHashAsync(signing, hash, Cancellation);
            Assert.True(provider.PublicKeys.Verify(key.SubjectPublicKeyInfo.Span, signing, Message, signature), signing.ToString());
            await Assert.ThrowsAsync<ArgumentException>(async () => await key.SignHashAsync(signing, hash.AsMemory(1), Cancellation));
        }
    }

    [Fact]
    public async Task Defaults_ArePssAndEcdsa()
    {
        foreach (var (algorithm, expected) in new[]
        {
            (KeyAlgorithm.Rsa2048, SignatureAlgorithm.RsaPssSha256), (KeyAlgorithm.EcP256, SignatureAlgorithm.EcdsaSha256), (KeyAlgorithm.EcP384, SignatureAlgorithm.EcdsaSha384),
        })
        {
            using var key = await provider.Keys.CreateSigningKeyAsync(algorithm, Cancellation);
            Assert.Equal(expected, key.DefaultAlgorithm());
            using var verifier = provider.PublicKeys.ImportVerificationKey(key.SubjectPublicKeyInfo.Span);
            var signature = await key.SignAsync(Message, Cancellation);
            Assert.True(verifier.Verify(Message, signature));
        }
    }

    [Fact]
    public async Task Keys_Say_WhereTheyLive()
    {
        using var signing = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, Cancellation);
        using var decryption = await provider.Keys.CreateDecryptionKeyAsync(KeyAlgorithm.Rsa2048, Cancellation);
        Assert.NotEmpty(signing.Location.Place);
        Assert.Equal(signing.Location.Place, decryption.Location.Place);
        Assert.Equal(signing.Location.IsSoftware, signing is IExportableKey);
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcP256, 32)]
    [InlineData(KeyAlgorithm.EcP384, 48)]
    [InlineData(KeyAlgorithm.EcP521, 66)]
    public async Task AgreeAsync_Gives_TheSameAsOthers(KeyAlgorithm algorithm, int length)
    {
        using var key = await provider.Keys.CreateKeyAgreementKeyAsync(algorithm, Cancellation);
        using var ephemeral = provider.PublicKeys.AgreeEphemeral(key.SubjectPublicKeyInfo.Span);
        using var agreed = await key.AgreeAsync(ephemeral.SubjectPublicKeyInfo, Cancellation);
        Assert.Equal(length, agreed.Length);
        Assert.True(agreed.FixedTimeEquals(ephemeral.SharedSecret.Span));

        var (pkcs8, peer) = Witnesses.OpenSslKey(algorithm);
        using var withPeer = await key.AgreeAsync(peer, Cancellation);
        Assert.Equal(Hex(Witnesses.BouncyCastleAgrees(pkcs8, key.SubjectPublicKeyInfo.ToArray())), Hex(withPeer.Span));
    }

    [Fact]
    public async Task AgreeAsync_Rejects_PeersOffTheCurve()
    {
        using var key = await provider.Keys.CreateKeyAgreementKeyAsync(KeyAlgorithm.EcP256, Cancellation);
        var peer = Witnesses.OpenSslKey(KeyAlgorithm.EcP256).SubjectPublicKeyInfo;
        for (var i = 0; i < 64; i++)
        {
            var changed = (byte[])peer.Clone();
            changed[^(i + 1)] ^= 1; // a flipped bit in x or y leaves the curve but for a negligible chance
            await Assert.ThrowsAsync<CryptoProviderException>(async () => await key.AgreeAsync(changed, Cancellation));
            Assert.Throws<CryptoProviderException>(() => provider.PublicKeys.AgreeEphemeral(changed));
        }

        var infinity = (byte[])[.. peer[..24], 0x02, 0x00, 0x00]; // no such encoding of the point at infinity
        infinity[1] = (byte)(infinity.Length - 2);
        foreach (var wrong in new[] { infinity, Witnesses.OpenSslKey(KeyAlgorithm.EcP384).SubjectPublicKeyInfo, Message })
            await Assert.ThrowsAsync<CryptoProviderException>(async () => await key.AgreeAsync(wrong, Cancellation));
    }

    [Fact]
    public async Task DhKeys_Agree_AndComeBackFromTheirExponent()
    {
        using var a = await provider.Keys.CreateDhKeyAsync(DhGroups.Ffdhe2048, Cancellation);
        using var candidate = Secret.Random(DhGroups.Ffdhe2048.CandidateLength, provider.Random);
        using var exponent = DhGroups.Ffdhe2048.ExponentFrom(candidate);
        using var b = await provider.Keys.ImportDhKeyAsync(DhGroups.Ffdhe2048, exponent, Cancellation);
        Assert.Equal(provider.DiffieHellman.PublicValue(DhGroups.Ffdhe2048, exponent), b.PublicValue.ToArray());
        using var za = await a.AgreeAsync(b.PublicValue, Cancellation);
        using var zb = await b.AgreeAsync(a.PublicValue, Cancellation);
        Assert.True(za.FixedTimeEquals(zb.Span));
        Assert.Same(DhGroups.Ffdhe2048, a.Group);
        foreach (var wrong in new byte[][] { [], [0], [1], DhGroups.Ffdhe2048.P.ToArray() })
        {
            var e = await Assert.ThrowsAsync<CryptoProviderException>(async () => await a.AgreeAsync(wrong, Cancellation));
            Assert.Equal(CryptoError.InvalidPublicValue, e.Code);
        }
    }

    [Fact]
    public async Task SecretKeys_Derive_AsHmacDoes()
    {
        using var octets = SecretOf("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
        using var key = await provider.Keys.ImportSecretKeyAsync(octets, Cancellation);
        using var derived = await key.DeriveAsync("context"u8.ToArray(), 32, Cancellation);
        Assert.Equal(HMACSHA256.HashData(octets.Span, [.. "context"u8, 1]), derived.Span.ToArray());
        var atOnce = new byte[32];
        Assert.Equal(key.Location == KeyLocation.Software, key.TryDerive("context"u8, atOnce));
        Assert.Equal(key.Location == KeyLocation.Software ? derived.Span.ToArray() : new byte[32], atOnce);

        using var random = await provider.Keys.CreateSecretKeyAsync(Cancellation);
        using var other = await random.DeriveAsync("context"u8.ToArray(), 32, Cancellation);
        Assert.False(derived.FixedTimeEquals(other.Span));
        using var shortKey = new Secret(31);
        await Assert.ThrowsAsync<CryptoProviderException>(async () => await provider.Keys.ImportSecretKeyAsync(shortKey, Cancellation));
    }

    [Fact]
    public async Task Operations_Stop_WhenCancelled()
    {
        using var key = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, Cancellation);
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await key.SignAsync(key.Algorithms[0], Message, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await provider.Keys.CreateSecretKeyAsync(cancelled));
    }

    [Fact]
    public void Random_Fills_TheWholeDestination()
    {
        var seen = new bool[64];
        for (var i = 0; i < 32; i++)
        {
            var octets = provider.Random.Octets(64);
            for (var k = 0; k < 64; k++)
                seen[k] |= octets[k] != 0;
        }

        Assert.DoesNotContain(false, seen);
    }
}
