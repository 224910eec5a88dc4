using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Keys;
using CkiSdk.TestSupport;

namespace CkiSdk.Pki.Tests.Keys;

/// <summary>Shows that keys of every form go from OpenSSL to us and back.</summary>
public sealed class OpenSslKeyTests
{
    private const string Password = "correct horse";

    public static TheoryData<string, string> Kinds => new()
    {
        { "rsa:2048", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048" },
        { "ec:P-256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256" },
        { "ec:P-384", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384" },
        { "ec:P-521", "-algorithm EC -pkeyopt ec_paramgen_curve:P-521" },
        { "ed25519", "-algorithm ED25519" },
        { "dh:ffdhe2048", "-algorithm DH -pkeyopt group:ffdhe2048" },
        { "dh:ffdhe3072", "-algorithm DHX -pkeyopt group:ffdhe3072" },
    };

    public static TheoryData<string> Encryptions =>
    [
        "-v2 aes-128-cbc -v2prf hmacWithSHA1",
        "-v2 aes-192-cbc -v2prf hmacWithSHA224",
        "-v2 aes-256-cbc -v2prf hmacWithSHA256 -iter 5000",
        "-v2 aes-256-cbc -v2prf hmacWithSHA384",
        "-v2 aes-256-cbc -v2prf hmacWithSHA512",
        "-v2 des3",
        "-scrypt",
        "-v1 PBE-SHA1-3DES",
        "-v1 PBE-SHA1-2DES",
        "-v1 PBE-MD5-DES -provider legacy -provider default",
        "-v1 PBE-SHA1-DES -provider legacy -provider default",
        "-v1 PBE-SHA1-RC2-64 -provider legacy -provider default",
        "-v1 PBE-SHA1-RC2-128 -provider legacy -provider default",
        "-v1 PBE-SHA1-RC2-40 -provider legacy -provider default",
    ];

    public static TheoryData<string> TraditionalCiphers => ["-aes128", "-aes192", "-aes256", "-des3", "-des -provider legacy -provider default"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_Takes_EveryKindAndForm(string name, string arguments)
    {
        foreach (var form in new[] { "PEM", "DER" })
        {
            var file = OpenSsl($"genpkey {arguments} -outform {form}");
            using var key = KeyFile.Read(file);
            Assert.Equal(name, key.Description.Name);
            Assert.True(key.IsPrivate);
            Assert.Null(key.Finding);
            AssertSamePublic(OpenSsl("pkey -pubout -outform DER", ToPem(key, KeyForm.Pkcs8)), key);
            using var publicKey = KeyFile.Read(OpenSsl($"pkey -inform {form} -pubout -outform {form}", file));
            Assert.Equal(KeyForm.Public, publicKey.Form);
            AssertSamePublic(publicKey.SubjectPublicKeyInfo.ToArray(), key);
        }
    }

    [Theory]
    [MemberData(nameof(Encryptions))]
    public void Read_Decrypts_WhatOpenSslEncrypted(string arguments)
    {
        var plain = OpenSsl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256");
        var encrypted = OpenSsl($"pkcs8 -topk8 {arguments} -passout pass:{Password.Replace(' ', '_')}", plain);
        AssertDecrypts(plain, encrypted, KeyForm.EncryptedPkcs8);
    }

    [Theory]
    [MemberData(nameof(TraditionalCiphers))]
    public void Read_Decrypts_TraditionalPem(string cipher)
    {
        var rsa = OpenSsl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048");
        AssertDecrypts(rsa, OpenSsl($"rsa -traditional {cipher} -passout pass:{Password.Replace(' ', '_')}", rsa), KeyForm.Pkcs1);
        var ec = OpenSsl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384");
        AssertDecrypts(ec, OpenSsl($"ec {cipher} -passout pass:{Password.Replace(' ', '_')}", ec), KeyForm.Sec1);
    }

    [Theory]
    [InlineData(KeyForm.Pkcs1, "RSA -pkeyopt rsa_keygen_bits:2048", "rsa -traditional")]
    [InlineData(KeyForm.Sec1, "EC -pkeyopt ec_paramgen_curve:P-256", "ec -no_public")]
    [InlineData(KeyForm.Sec1, "EC -pkeyopt ec_paramgen_curve:P-521", "ec")]
    public void TraditionalForms_GoBothWays(KeyForm form, string algorithm, string command)
    {
        var plain = OpenSsl($"genpkey -algorithm {algorithm}");
        using var expected = KeyFile.Read(plain);
        using var key = KeyFile.Read(OpenSsl(command, plain));
        Assert.Equal(form, key.Form);
        AssertSamePublic(expected.SubjectPublicKeyInfo.ToArray(), key);
        AssertSamePublic(OpenSsl("pkey -pubout -outform DER", ToPem(key, form)), key);
    }

    [Fact]
    public void Pkcs1PublicKeys_GoBothWays()
    {
        var plain = OpenSsl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048");
        using var key = KeyFile.Read(plain);
        using var read = KeyFile.Read(OpenSsl("rsa -RSAPublicKey_out", plain));
        Assert.Equal(KeyForm.Pkcs1Public, read.Form);
        AssertSamePublic(read.SubjectPublicKeyInfo.ToArray(), key);
        AssertSamePublic(OpenSsl("rsa -RSAPublicKey_in -pubout -outform DER", ToPem(key, KeyForm.Pkcs1Public)), key);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void OpenSsl_Decrypts_WhatWeEncrypted(string name, string arguments)
    {
        Assert.NotEmpty(name);
        using var key = KeyFile.Read(OpenSsl($"genpkey {arguments}"));
        using var password = Secret.From("correct_horse"u8);
        foreach (var protection in new[] { KeyProtection.Default, KeyProtection.Scrypt, KeyProtection.Pbkdf2(1000) })
        {
            var der = KeyWriter.Encrypt(key.Pkcs8!, password, CryptoProviders.Software.Random, protection);
            using var pem = KeyWriter.ToPem(KeyWriter.LabelOf(KeyForm.EncryptedPkcs8), der);
            AssertSamePublic(OpenSsl("pkey -passin pass:correct_horse -pubout -outform DER", pem.Span.ToArray()), key);
            using var again = KeyFile.Read(pem.Span, password);
            Assert.True(again.Pkcs8!.FixedTimeEquals(key.Pkcs8!.Span));
        }
    }

    [Fact]
    public async Task ParsedKeys_Sign_Decrypt_AndAgree()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var rsa = KeyFile.Read(OpenSsl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048"));
        using var signing = await rsa.ImportSigningKeyAsync(CryptoProviders.Software.Keys, cancellation);
        using var decryption = await rsa.ImportDecryptionKeyAsync(CryptoProviders.Software.Keys, cancellation);
        Assert.Equal(signing.SubjectPublicKeyInfo.ToArray(), decryption.SubjectPublicKeyInfo.ToArray());
        using var ec = KeyFile.Read(OpenSsl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256"));
        using var agreement = await ec.ImportKeyAgreementKeyAsync(CryptoProviders.Software.Keys, cancellation);
        Assert.Equal(ec.SubjectPublicKeyInfo.ToArray(), agreement.SubjectPublicKeyInfo.ToArray());
        using var dh = KeyFile.Read(OpenSsl("genpkey -algorithm DHX -pkeyopt group:ffdhe2048"));
        using var exponent = await dh.ImportDhKeyAsync(CryptoProviders.Software.Keys, DhGroups.Named, cancellation);
        Assert.Same(DhGroups.Ffdhe2048, exponent.Group);
        await Assert.ThrowsAsync<CryptoProviderException>(async () => await dh.ImportSigningKeyAsync(CryptoProviders.Software.Keys, cancellation));
    }

    private static void AssertDecrypts(byte[] plain, byte[] encrypted, KeyForm form)
    {
        using var expected = KeyFile.Read(plain);
        using var password = Secret.From("correct_horse"u8);
        using var key = KeyFile.Read(encrypted, password);
        Assert.Equal(form, key.Form);
        Assert.True(key.WasEncrypted);
        AssertSamePublic(expected.SubjectPublicKeyInfo.ToArray(), key);
        using var wrong = Secret.From("battery staple"u8);
        Assert.Equal(KeyFileError.PasswordWrong, Assert.Throws<KeyFileException>(() => KeyFile.Read(encrypted, wrong)).Code);
        Assert.Equal(KeyFileError.PasswordMissing, Assert.Throws<KeyFileException>(() => KeyFile.Read(encrypted)).Code);
    }

    // PKCS #3 names p and g alone, X9.42 q besides: a Diffie-Hellman key is compared by its numbers.
    private static void AssertSamePublic(byte[] expected, ParsedKey key)
    {
        if (key.Description.Kind == KeyKind.DiffieHellman)
            Assert.Equal(Numbers(KeyDescription.Of(expected)), Numbers(key.Description));
        else
            Assert.Equal(expected, key.SubjectPublicKeyInfo.ToArray());
    }

    private static IEnumerable<string> Numbers(KeyDescription key) => key.Parts.Select(part => $"{part.Key} {Convert.ToHexString(part.Value.Span)}");

    private static byte[] ToPem(ParsedKey key, KeyForm form)
    {
        using var der = KeyWriter.Write(key, form);
        using var pem = KeyWriter.ToPem(KeyWriter.LabelOf(form), der.Span);
        return pem.Span.ToArray();
    }

    private static byte[] OpenSsl(string arguments, byte[]? input = null) => ExternalProgram.RunOk("openssl", arguments.Split(' '), input).Output;
}
