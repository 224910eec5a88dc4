using System.Security.Cryptography;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Crypto.Pkcs11.Tests;

/// <summary>Keys that stay in the token are found again by label and identifier, do what they did before, and never come out.</summary>
public sealed class StoredKeyTests(TokenFixture fixture) : IClassFixture<TokenFixture>
{
    private static readonly byte[] Message = "message"u8.ToArray();

    private readonly Pkcs11Token _token = fixture.Token;

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048, "RSA-2048")]
    [InlineData(KeyAlgorithm.EcP256, "P-256")]
    [InlineData(KeyAlgorithm.EcP384, "P-384")]
    [InlineData(KeyAlgorithm.EcP521, "P-521")]
    [InlineData(KeyAlgorithm.Ed25519, "Ed25519")]
    public async Task SigningKeys_AreFound_AfterAReload(KeyAlgorithm algorithm, string kind)
    {
        var label = $"sign-{algorithm}";
        using var made = await _token.PersistentKeys(label).CreateSigningKeyAsync(algorithm);
        using var module = SoftHsm.Load();
        using var token = await SoftHsm.OpenAsync(module, fixture.Label);
        using var key = await token.OpenSigningKeyAsync(new Pkcs11Uri { Object = label });
        Assert.Equal(made.SubjectPublicKeyInfo.ToArray(), key.SubjectPublicKeyInfo.ToArray());
        Assert.Equal($"token:token={fixture.Label};object={label}", key.Location.ToString());
        foreach (var use in key.Algorithms)
        {
            var signature = await key.SignAsync(use, Message);
            Assert.True(CryptoProviders.Software.PublicKeys.Verify(key.SubjectPublicKeyInfo.Span, use, Message, signature), $"{use}");
        }

        var entry = Assert.Single(await token.ListKeysAsync(), entry => entry.Label == label);
        Assert.Equal(kind, entry.Kind);
        Assert.Equal(["sign"], entry.Uses);
        Assert.False(entry.IsExtractable);
        using var byId = await token.OpenSigningKeyAsync(Pkcs11Uri.Parse(entry.Uri.ToString()));
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), byId.SubjectPublicKeyInfo.ToArray());
    }

    [Fact]
    public async Task KeysOfOneIdentifier_AreToldApart_ByTheirLabel()
    {
        byte[] id = [0xD0, 0x0B];
        using var first = await _token.PersistentKeys("twin one", id).CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        using var second = await _token.PersistentKeys("twin two", id).CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var refused = await Assert.ThrowsAsync<CryptoProviderException>(() => _token.OpenSigningKeyAsync(new Pkcs11Uri { Id = id }));
        Assert.Contains("name the label, too", refused.Message, StringComparison.Ordinal);
        using var named = await _token.OpenSigningKeyAsync(new Pkcs11Uri { Id = id, Object = "twin two" });
        Assert.Equal(second.SubjectPublicKeyInfo.ToArray(), named.SubjectPublicKeyInfo.ToArray());
    }

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048, "sign decrypt")]
    [InlineData(KeyAlgorithm.EcP256, "sign derive")]
    [InlineData(KeyAlgorithm.Ed25519, "sign")]
    public async Task KeysForAnyUse_DoAllThatTheyCan(KeyAlgorithm algorithm, string uses)
    {
        var uri = new Pkcs11Uri { Object = $"any-{algorithm}" };
        using var made = await _token.PersistentKeys(uri.Object, forAnyUse: true).CreateSigningKeyAsync(algorithm);
        Assert.Equal(uses, string.Join(' ', Assert.Single(await _token.ListKeysAsync(), entry => entry.Label == uri.Object).Uses));
        using IDisposable? other = algorithm switch
        {
            KeyAlgorithm.Rsa2048 => await _token.OpenDecryptionKeyAsync(uri),
            KeyAlgorithm.EcP256 => await _token.OpenKeyAgreementKeyAsync(uri),
            _ => null,
        };
        using var signing = await _token.OpenSigningKeyAsync(uri);
        var signature = await signing.SignAsync(signing.Algorithms[0], Message);
        Assert.True(CryptoProviders.Software.PublicKeys.Verify(signing.SubjectPublicKeyInfo.Span, signing.Algorithms[0], Message, signature));
    }

    [Fact]
    public async Task DhKeys_AreFound_WithTheirPublicValue()
    {
        foreach (var group in new[] { DhGroups.Ffdhe2048, DhGroups.Ffdhe3072 })
        {
            using var made = await _token.PersistentKeys($"dh-{group}").CreateDhKeyAsync(group);
            using var key = await _token.OpenDhKeyAsync(new Pkcs11Uri { Object = $"dh-{group}" }, DhGroups.Named);
            Assert.Equal(group, key.Group);
            Assert.Equal(made.PublicValue.ToArray(), key.PublicValue.ToArray());
            using var peer = await CryptoProviders.Software.Keys.CreateDhKeyAsync(group);
            using var ours = await key.AgreeAsync(peer.PublicValue);
            using var theirs = await peer.AgreeAsync(key.PublicValue);
            Assert.True(ours.FixedTimeEquals(theirs.Span));
            var refused = await Assert.ThrowsAsync<CryptoProviderException>(
                () => _token.OpenDhKeyAsync(new Pkcs11Uri { Object = $"dh-{group}" }, new DhGroupSet(DhGroups.Ffdhe8192)));
            Assert.Equal(CryptoError.UnsupportedKey, refused.Code);
        }
    }

    [Fact]
    public async Task DhKeys_Refuse_EveryBadPeerValue()
    {
        var group = DhGroups.Ffdhe2048;
        using var key = await _token.Keys.CreateDhKeyAsync(group);
        var p = new System.Numerics.BigInteger(group.P.Span, isUnsigned: true, isBigEndian: true);
        foreach (var y in new[] { 0, 1, p - 1, p, p + 2, p - 2 }) // p − 2 is no square: −1 is none and 2 is one
        {
            var exception = await Assert.ThrowsAsync<CryptoProviderException>(
                async () => await key.AgreeAsync(y.ToByteArray(isUnsigned: true, isBigEndian: true)));
            Assert.Equal(CryptoError.InvalidPublicValue, exception.Code);
        }
    }

    [Fact]
    public async Task SecretKeys_Derive_AsHkdfDoes_AndStayInside()
    {
        using var octets = Secret.Random(32, CryptoProviders.Software.Random);
        using (await _token.PersistentKeys("ik").ImportSecretKeyAsync(octets))
        {
            // The reference is closed; the key stays in the token.
        }

        using var key = await _token.OpenSecretKeyAsync(new Pkcs11Uri { Object = "ik" });
        foreach (var length in new[] { 1, 31, 32, 33, 64, 100, 8160 })
        {
            using var derived = await key.DeriveAsync(Message, length);
            using var expected = Hkdf.Expand(octets, Message, length);
            Assert.True(derived.FixedTimeEquals(expected.Span), $"{length}");
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await key.DeriveAsync(Message, 8161));
        var entry = Assert.Single(await _token.ListKeysAsync(), entry => entry.Label == "ik");
        Assert.Equal("secret", entry.Kind);
        Assert.False(entry.IsExtractable);
        var read = TestSupport.ExternalProgram.Run(
            "pkcs11-tool", ["--module", SoftHsm.Path, "--token-label", fixture.Label, "--login", "--pin", SoftHsm.Pin, "--read-object", "--type", "secrkey", "--label", "ik"]);
        Assert.DoesNotContain(Convert.ToHexString(octets.Span), Convert.ToHexString(read.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DecryptAsync_Does_EveryScheme()
    {
        using var made = await _token.PersistentKeys("decrypt").CreateDecryptionKeyAsync(KeyAlgorithm.Rsa2048);
        using var secret = Secret.Random(32, CryptoProviders.Software.Random);
        RsaEncryptionScheme[] schemes =
        [
            RsaEncryptionScheme.OaepSha256, RsaEncryptionScheme.Oaep(DigestAlgorithm.Sha1), RsaEncryptionScheme.Oaep(DigestAlgorithm.Sha384),
            RsaEncryptionScheme.Oaep(DigestAlgorithm.Sha256, DigestAlgorithm.Sha1), RsaEncryptionScheme.Pkcs1,
        ];
        var uri = new Pkcs11Uri { Object = "decrypt" };
        foreach (var scheme in schemes)
        {
            var software = CryptoProviders.Software.PublicKeys.Encrypt(made.SubjectPublicKeyInfo.Span, scheme, secret);
            var inToken = await _token.EncryptAsync(uri, scheme, secret);
            foreach (var ciphertext in new[] { software, inToken })
            {
                using var plaintext = await _token.DecryptAsync(uri, scheme, ciphertext);
                Assert.True(plaintext?.FixedTimeEquals(secret.Span), $"{scheme}");
            }

            software[^1] ^= 1;
            using var damaged = await made.DecryptAsync(scheme, software);
            using var again = await made.DecryptAsync(scheme, software);
            Assert.Equal(scheme.IsPkcs1, damaged is not null); // implicit rejection gives a message that looks random, always the same
            Assert.Equal(damaged?.Span.ToArray(), again?.Span.ToArray());
            Assert.NotEqual(secret.Span.ToArray(), damaged?.Span.ToArray());
        }
    }

    [Fact]
    public async Task Keys_AreRefused_WhereTheirNameOrUseIsNotTheirs()
    {
        var keys = _token.PersistentKeys("once");
        using var key = await keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        Assert.Equal(CryptoError.NotPermitted, (await Assert.ThrowsAsync<CryptoProviderException>(async () => await keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256))).Code);
        var uri = new Pkcs11Uri { Object = "once" };
        Assert.Equal(CryptoError.KeyNotFound, (await Assert.ThrowsAsync<CryptoProviderException>(() => _token.OpenDecryptionKeyAsync(uri))).Code);
        Assert.Equal(CryptoError.KeyNotFound, (await Assert.ThrowsAsync<CryptoProviderException>(() => _token.OpenKeyAgreementKeyAsync(uri))).Code);
        Assert.Equal(CryptoError.KeyNotFound, (await Assert.ThrowsAsync<CryptoProviderException>(() => _token.OpenSigningKeyAsync(new Pkcs11Uri { Object = "twice" }))).Code);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _token.Keys.CreateDecryptionKeyAsync(KeyAlgorithm.EcP256));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _token.Keys.CreateKeyAgreementKeyAsync(KeyAlgorithm.Rsa2048));

        var provider = KeyProviders.None.With("token", new Pkcs11KeyProvider(_token));
        using var found = await provider.OpenSigningKeyAsync(key.Location);
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), found.SubjectPublicKeyInfo.ToArray());
        await Assert.ThrowsAsync<CryptoProviderException>(async () => await provider.OpenDecryptionKeyAsync(key.Location));
    }

    [Fact]
    public async Task Keys_AreFoundAgain_WhenSomebodyReplacedTheirObject()
    {
        using var octets = Secret.Random(32, CryptoProviders.Software.Random);
        using var key = await _token.PersistentKeys("replaced").ImportSecretKeyAsync(octets);
        using var before = await key.DeriveAsync(Message, 32);
        var id = Convert.ToHexString(Assert.Single(await _token.ListKeysAsync(), entry => entry.Label == "replaced").Id.Span);
        SoftHsm.Tool(fixture.Label, "--delete-object", "--type", "secrkey", "--id", id);
        var gone = await Assert.ThrowsAsync<CryptoProviderException>(async () => await key.DeriveAsync(Message, 32));
        Assert.Equal(CryptoError.KeyNotFound, gone.Code);
        using var again = await _token.PersistentKeys("replaced", Convert.FromHexString(id)).ImportSecretKeyAsync(octets);
        using var after = await key.DeriveAsync(Message, 32);
        Assert.True(before.FixedTimeEquals(after.Span));
    }

    [Fact]
    public async Task ImportedKeys_Are_TheKeysThatWereImported()
    {
        using var rsa = RSA.Create(2048);
        using var pkcs8 = Secret.From(rsa.ExportPkcs8PrivateKey());
        using var made = await _token.PersistentKeys("imported").ImportDecryptionKeyAsync(pkcs8);
        using var key = await _token.OpenDecryptionKeyAsync(new Pkcs11Uri { Object = "imported" });
        Assert.Equal(rsa.ExportSubjectPublicKeyInfo(), key.SubjectPublicKeyInfo.ToArray());
        using var plaintext = await key.DecryptAsync(RsaEncryptionScheme.OaepSha256, rsa.Encrypt(Message, RSAEncryptionPadding.OaepSHA256));
        Assert.Equal(Message, plaintext!.Span.ToArray());
    }
}
