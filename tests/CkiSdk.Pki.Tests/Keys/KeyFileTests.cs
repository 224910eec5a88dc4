using System.Text;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKCS5v21;
using CkiSdk.Asn1.Modules.PKCS8;
using CkiSdk.Asn1.Modules.Scrypt0;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Keys;
using CkiSdk.TestSupport;

namespace CkiSdk.Pki.Tests.Keys;

/// <summary>Shows what is refused, and how.</summary>
public sealed class KeyFileTests
{
    private static readonly Secret Password = Secret.From("correct"u8);

    public static TheoryData<string, Func<RSAPrivateKey, RSAPrivateKey>> Damages => new()
    {
        { "p·q is not n", key => key with { Prime1 = key.Prime1.ToBigInteger() + 2 } },
        { "d is not the inverse", key => key with { PrivateExponent = key.PrivateExponent.ToBigInteger() + 2 } },
        { "Chinese", key => key with { Exponent1 = key.Exponent1.ToBigInteger() + 2 } },
        { "Chinese", key => key with { Coefficient = key.Coefficient.ToBigInteger() + 1 } },
        { "exponent is even", key => key with { PublicExponent = 65538 } },
        { "exponent is 0 or 1", key => key with { PublicExponent = 1 } },
        { "exponent is small", key => key with { PublicExponent = 3 } },
        { "modulus is even", key => key with { Modulus = key.Modulus.ToBigInteger() - 1 } },
    };

    [Theory]
    [InlineData("nothing", "", KeyFileError.NoKey)]
    [InlineData("text", "no key at all", KeyFileError.NoKey)]
    [InlineData("another PEM", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", KeyFileError.NoKey)]
    [InlineData("no end", "-----BEGIN PRIVATE KEY-----\nMAA=\n", KeyFileError.Malformed)]
    [InlineData("no base64", "-----BEGIN PRIVATE KEY-----\nM*A=\n-----END PRIVATE KEY-----\n", KeyFileError.Malformed)]
    [InlineData("empty", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", KeyFileError.Malformed)]
    [InlineData("another structure", "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n", KeyFileError.Malformed)]
    [InlineData("an unknown cipher", "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: SEED-CBC,00112233445566778899AABBCCDDEEFF\n\nMAA=\n-----END RSA PRIVATE KEY-----\n", KeyFileError.UnsupportedEncryption)]
    [InlineData("a bad vector", "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,XY\n\nMAA=\n-----END RSA PRIVATE KEY-----\n", KeyFileError.Malformed)]
    public void Read_Refuses_WhatIsNoKey(string description, string file, KeyFileError expected)
    {
        Assert.NotEmpty(description);
        Assert.Equal(expected, Assert.Throws<KeyFileException>(() => KeyFile.Read(Encoding.ASCII.GetBytes(file), Password)).Code);
    }

    [Fact]
    public void Read_Finds_TheKeyBehindOtherBlocks()
    {
        using var pkcs8 = SoftwareKeys.Generate(KeyAlgorithm.EcP256);
        using var pem = KeyWriter.ToPem("PRIVATE KEY", pkcs8.Span);
        byte[] file = [.. "some words\n-----BEGIN EC PARAMETERS-----\r\nBggqhkjOPQMBBw==\r\n-----END EC PARAMETERS-----\r\n"u8, .. pem.Span];
        using var key = KeyFile.Read(file);
        Assert.True(key.Pkcs8!.FixedTimeEquals(pkcs8.Span));
    }

    [Fact]
    public void Read_Stops_AtTheLimits()
    {
        using var pkcs8 = SoftwareKeys.Generate(KeyAlgorithm.EcP256);
        var many = KeyWriter.Encrypt(pkcs8, Password, CryptoProviders.Software.Random, KeyProtection.Pbkdf2(2000));
        var large = KeyWriter.Encrypt(pkcs8, Password, CryptoProviders.Software.Random, KeyProtection.ByScrypt(1024, 8, 2));
        foreach (var (file, limits) in new[]
        {
            (many, KeyFileLimits.Default with { MaxIterations = 1999 }),
            (many, KeyFileLimits.Default with { MaxLength = 100 }),
            (large, KeyFileLimits.Default with { MaxScryptMemory = (1024 * 8 * 128) - 1 }),
            (large, KeyFileLimits.Default with { MaxScryptWork = (1024 * 8 * 2) - 1 }),
        })
        {
            Assert.Equal(KeyFileError.LimitExceeded, Assert.Throws<KeyFileException>(() => KeyFile.Read(file, Password, limits)).Code);
            KeyFile.Read(file, Password).Dispose();
        }
    }

    [Theory]
    [InlineData("too great for its block size", 1 << 16, 1, 1)]
    [InlineData("no power of two", 1000, 8, 1)]
    [InlineData("one", 1, 8, 1)]
    [InlineData("negative", -1024, 8, 1)]
    [InlineData("no blocks", 1024, 0, 1)]
    [InlineData("no lanes", 1024, 8, 0)]
    public void Read_Refuses_CostsOfScryptThatAreNone(string description, int cost, int blockSize, int parallelization)
    {
        using var pkcs8 = SoftwareKeys.Generate(KeyAlgorithm.EcP256);
        var file = EncryptedPrivateKeyInfo.Decode(KeyWriter.Encrypt(pkcs8, Password, CryptoProviders.Software.Random, KeyProtection.ByScrypt(1024, 8, 1)));
        var parameters = file.EncryptionAlgorithm.Parameters!.Value.As<PBES2Params>();
        var function = parameters.KeyDerivationFunc;
        var costs = function.Parameters!.Value.As<ScryptParams>() with { CostParameter = 12345678, BlockSize = 7, ParallelizationParameter = 3 };
        byte[] own = [.. Number(12345678), .. Number(7), .. Number(3)], others = [.. Number(cost), .. Number(blockSize), .. Number(parallelization)];
        var hostile = Convert.FromHexString(Convert.ToHexString(costs.Encode()).Replace(Convert.ToHexString(own), Convert.ToHexString(others), StringComparison.Ordinal));
        hostile[1] = (byte)(hostile.Length - 2);
        var changed = file with
        {
            EncryptionAlgorithm = file.EncryptionAlgorithm with
            {
                Parameters = AnyValue.From(parameters with { KeyDerivationFunc = function with { Parameters = new AnyValue(hostile) } }),
            },
        };
        var refusal = Assert.Throws<KeyFileException>(() => KeyFile.Read(changed.Encode(), Password));
        Assert.True(refusal.Code is KeyFileError.UnsupportedEncryption or KeyFileError.LimitExceeded, $"{description}: {refusal.Code}");
    }

    [Fact]
    public void Read_NeverThrowsAnythingElse_OnDamage()
    {
        using var pkcs8 = SoftwareKeys.Generate(KeyAlgorithm.EcP256);
        var encrypted = KeyWriter.Encrypt(pkcs8, Password, CryptoProviders.Software.Random, KeyProtection.Pbkdf2(1));
        foreach (var file in new[] { pkcs8.Span.ToArray(), encrypted })
        {
            for (var bit = 0; bit < file.Length * 8; bit++)
            {
                var changed = (byte[])file.Clone();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                if (Record.Exception(() => KeyFile.Read(changed, Password, KeyFileLimits.Default with { MaxIterations = 1000 }).Dispose()) is { } thrown)
                    Assert.IsType<KeyFileException>(thrown);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task BadRsaKeys_AreShown_AndRefusedForUse(string reason, Func<RSAPrivateKey, RSAPrivateKey> damage)
    {
        using var pkcs8 = SoftwareKeys.GenerateRsa(2048);
        var good = RSAPrivateKey.Decode(PrivateKeyInfo.Decode(pkcs8.Memory).PrivateKey.Value.Memory);
        await AssertRefused(damage(good).Encode(), reason);
    }

    [Theory]
    [InlineData("1024 bits", "rsa_keygen_bits:1024")]
    [InlineData("512 bits", "rsa_keygen_bits:512")]
    public async Task ShortRsaKeys_AreShown_AndRefusedForUse(string reason, string option) =>
        await AssertRefused(ExternalProgram.RunOk("openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", option]).Output, reason);

    [Fact]
    public async Task TextbookKey_IsShown_AndRefusedForUse()
    {
        var key = new RSAPrivateKey
        {
            Version = new RSAPrivateKeyVersion(0),
            Modulus = 37837,
            PublicExponent = 65537,
            PrivateExponent = 40193,
            Prime1 = 257,
            Prime2 = 147,
            Exponent1 = 1,
            Exponent2 = 1,
            Coefficient = 1,
        };
        await AssertRefused(key.Encode(), "16 bits");
    }

    [Fact]
    public async Task ClosePrimes_AreRefused()
    {
        var p = System.Numerics.BigInteger.Parse("0" + new string('F', 256), System.Globalization.NumberStyles.HexNumber, null) - 104; // near 2^1024: factors need not be prime here
        var key = new RSAPrivateKey
        {
            Version = new RSAPrivateKeyVersion(0),
            Modulus = p * (p + 1000),
            PublicExponent = 65537,
            PrivateExponent = 3,
            Prime1 = p,
            Prime2 = p + 1000,
            Exponent1 = 1,
            Exponent2 = 1,
            Coefficient = 1,
        };
        await AssertRefused(key.Encode(), "");
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcP256)]
    [InlineData(KeyAlgorithm.Ed25519)]
    public void PublicKey_OfAnotherPrivateKey_IsFound(KeyAlgorithm algorithm)
    {
        using var pkcs8 = SoftwareKeys.Generate(algorithm);
        using var key = KeyFile.Read(pkcs8.Span);
        using var other = SoftwareKeys.Generate(algorithm);
        using var otherKey = KeyFile.Read(other.Span);
        var point = CkiSdk.Asn1.Modules.AuthenticationFramework.SubjectPublicKeyInfo.Decode(otherKey.SubjectPublicKeyInfo).SubjectPublicKey;
        var info = PrivateKeyInfo.Decode(pkcs8.Memory);
        var changed = algorithm == KeyAlgorithm.Ed25519
            ? info with { Version = new PrivateKeyVersion(1), PublicKey = new PublicKey(point) }
            : info with { PrivateKey = new PrivateKey((CkiSdk.Asn1.Modules.PKIX1Algorithms2008.ECPrivateKey.Decode(info.PrivateKey.Value.Memory) with { PublicKey = point }).Encode()) };
        using var read = KeyFile.Read(changed.Encode());
        Assert.Contains("not that of the private key", read.Finding!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Refuses_FormsThatTheKeyHasNot()
    {
        using var pkcs8 = SoftwareKeys.Generate(KeyAlgorithm.EcP256);
        using var key = KeyFile.Read(pkcs8.Span);
        using var publicKey = KeyFile.Read(key.SubjectPublicKeyInfo.Span);
        Assert.Throws<NotSupportedException>(() => KeyWriter.Write(key, KeyForm.Pkcs1));
        Assert.Throws<NotSupportedException>(() => KeyWriter.Write(key, KeyForm.Pkcs1Public));
        Assert.Throws<NotSupportedException>(() => KeyWriter.Write(key, KeyForm.EncryptedPkcs8));
        Assert.Throws<NotSupportedException>(() => KeyWriter.Write(publicKey, KeyForm.Pkcs8));
    }

    private static async Task AssertRefused(byte[] file, string reason)
    {
        using var key = KeyFile.Read(file);
        Assert.NotNull(key.Finding);
        Assert.Contains(reason, key.Finding.Reason, StringComparison.Ordinal);
        Assert.StartsWith("rsa:", key.Description.Name, StringComparison.Ordinal);
        var thrown = await Assert.ThrowsAsync<CryptoProviderException>(async () =>
            await key.ImportSigningKeyAsync(CryptoProviders.Software.Keys, TestContext.Current.CancellationToken));
        Assert.Contains(key.Finding.Reason, thrown.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CryptoProviderException>(async () =>
            await CryptoProviders.Software.Keys.ImportDecryptionKeyAsync(key.Pkcs8!, TestContext.Current.CancellationToken));
    }

    private static byte[] Number(int number) => Der.Encode((Integer)number, static (ref DerWriter writer, Integer value) => writer.WriteInteger(Tag.Integer, value));
}
