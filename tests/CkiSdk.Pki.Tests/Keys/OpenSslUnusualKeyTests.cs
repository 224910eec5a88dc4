using System.Text;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Keys;
using CkiSdk.TestSupport;

namespace CkiSdk.Pki.Tests.Keys;

/// <summary>Shows what becomes of keys that OpenSSL makes beside the usual ones: they are used, or shown and refused with their name.</summary>
public sealed class OpenSslUnusualKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Refused => new()
    {
        { "ed448", "-algorithm ED448", "ed448 are not used" },
        { "x25519", "-algorithm X25519", "x25519 are not used" },
        { "x448", "-algorithm X448", "x448 are not used" },
        { "ec:secp256k1", "-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1", "the curve is none of" },
        { "ec:brainpoolP256r1", "-algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1", "the curve is none of" },
        { "ec:explicit", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit", "the curve is none of" },
        { "dh:2048", "-algorithm DH -pkeyopt group:modp_2048", "none of RFC 7919" },
        { "dh:2048", "-algorithm DHX -pkeyopt dh_rfc5114:3", "none of RFC 7919" },
        { "rsa:2048", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_primes:3", "more than two primes" },
        { "rsa:2048", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3", "exponent is small" },
        { "rsa:1024", "-algorithm RSA -pkeyopt rsa_keygen_bits:1024", "1024 bits" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task OtherKeys_AreShown_AndRefused(string name, string arguments, string reason)
    {
        using var key = KeyFile.Read(OpenSsl($"genpkey {arguments}"));
        Assert.Equal(name, key.Description.Name);
        Assert.Contains(reason, key.Finding!.Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CryptoProviderException>(async () => await key.ImportSigningKeyAsync(CryptoProviders.Software.Keys, Cancellation));
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("-pkeyopt rsa_pss_keygen_md:sha256 -pkeyopt rsa_pss_keygen_mgf1_md:sha256 -pkeyopt rsa_pss_keygen_saltlen:32", 1)]
    [InlineData("-pkeyopt rsa_pss_keygen_md:sha512 -pkeyopt rsa_pss_keygen_mgf1_md:sha512 -pkeyopt rsa_pss_keygen_saltlen:20", 1)]
    public async Task KeysBoundToPss_Sign_AsTheyArePermitted(string options, int algorithms)
    {
        var pem = OpenSsl($"genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 {options}".TrimEnd());
        using var key = KeyFile.Read(pem);
        Assert.Equal("rsa-pss:2048", key.Description.Name);
        using var signing = await key.ImportSigningKeyAsync(CryptoProviders.Software.Keys, Cancellation);
        Assert.Equal(algorithms, signing.Algorithms.Count);
        Assert.Equal(OpenSsl("pkey -pubout -outform DER", pem), signing.SubjectPublicKeyInfo.ToArray());
        File.WriteAllBytes(_folder.PathOf("key.pem"), pem);
        foreach (var algorithm in signing.Algorithms)
        {
            var signature = await signing.SignAsync(algorithm, "message"u8.ToArray(), Cancellation);
            Assert.True(CryptoProviders.Software.PublicKeys.Verify(signing.SubjectPublicKeyInfo.Span, algorithm, "message"u8, signature));
            File.WriteAllBytes(_folder.PathOf("signature"), signature);
            var hash = algorithm.ToString()["RsaPss".Length..].ToLowerInvariant();
            Assert.Contains("Verified OK", Encoding.ASCII.GetString(OpenSsl($"dgst -{hash} -prverify {_folder.PathOf("key.pem")} -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:{(hash == "sha256" ? 32 : hash == "sha384" ? 48 : 64)} -signature {_folder.PathOf("signature")}", "message"u8.ToArray())), StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<CryptoProviderException>(async () => await signing.SignAsync(SignatureAlgorithm.RsaPkcs1Sha256, "message"u8.ToArray(), Cancellation));
        await Assert.ThrowsAsync<CryptoProviderException>(async () => await key.ImportDecryptionKeyAsync(CryptoProviders.Software.Keys, Cancellation));
        using var exported = ((IExportableKey)signing).ExportPkcs8();
        Assert.True(exported.FixedTimeEquals(key.Pkcs8!.Span));
    }

    [Fact]
    public async Task KeysBoundToSha1_AreRefused()
    {
        using var key = KeyFile.Read(OpenSsl("genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_pss_keygen_md:sha1"));
        var refusal = await Assert.ThrowsAsync<CryptoProviderException>(async () => await key.ImportSigningKeyAsync(CryptoProviders.Software.Keys, Cancellation));
        Assert.Contains("other functions of RSASSA-PSS", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("P-521")]
    public async Task CompressedPoints_BesideThePrivateNumber_AreUsed(string curve)
    {
        for (var i = 0; i < 4; i++) // both parities
        {
            var plain = OpenSsl($"genpkey -algorithm EC -pkeyopt ec_paramgen_curve:{curve}");
            var compressed = OpenSsl("ec -conv_form compressed", plain);
            using var key = KeyFile.Read(compressed);
            using var signing = await key.ImportSigningKeyAsync(CryptoProviders.Software.Keys, Cancellation);
            Assert.Equal(OpenSsl("pkey -pubout -outform DER", plain), signing.SubjectPublicKeyInfo.ToArray());
            using var inPkcs8 = KeyFile.Read(OpenSsl("pkcs8 -topk8 -nocrypt", compressed));
            Assert.Null(inPkcs8.Finding);
            Assert.Equal(signing.SubjectPublicKeyInfo.ToArray(), inPkcs8.SubjectPublicKeyInfo.ToArray());
        }
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] OpenSsl(string arguments, byte[]? input = null) => ExternalProgram.RunOk("openssl", arguments.Split(' '), input).Output;
}
