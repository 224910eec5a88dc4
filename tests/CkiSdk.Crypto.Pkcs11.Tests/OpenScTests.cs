using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Crypto.Software;
using CkiSdk.TestSupport;

namespace CkiSdk.Crypto.Pkcs11.Tests;

/// <summary>OpenSC's pkcs11-tool and this library use each other's keys and certificates.</summary>
public sealed class OpenScTests(TokenFixture fixture) : IClassFixture<TokenFixture>
{
    private static readonly byte[] Message = "message"u8.ToArray();

    [Theory]
    [InlineData("rsa:2048", "01")]
    [InlineData("EC:prime256v1", "02")]
    [InlineData("EC:secp384r1", "03")]
    public async Task KeysOfTheTool_SignHere(string type, string id)
    {
        SoftHsm.Tool(fixture.Label, "--keypairgen", "--key-type", type, "--label", $"tool {type}", "--id", id, "--usage-sign");
        using var key = await fixture.Token.OpenSigningKeyAsync(Pkcs11Uri.Parse($"pkcs11:id=%{id}"));
        if (type != "EC:secp384r1") // which the tool cannot write
            Assert.Equal(PublicKeyByTool(id), key.SubjectPublicKeyInfo.ToArray());
        foreach (var algorithm in key.Algorithms)
        {
            var signature = await key.SignAsync(algorithm, Message);
            Assert.True(CryptoProviders.Software.PublicKeys.Verify(key.SubjectPublicKeyInfo.Span, algorithm, Message, signature), $"{algorithm}");
        }
    }

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048, "SHA256-RSA-PKCS", SignatureAlgorithm.RsaPkcs1Sha256)]
    [InlineData(KeyAlgorithm.EcP256, "ECDSA", SignatureAlgorithm.EcdsaSha256)]
    public async Task KeysMadeHere_SignInTheTool(KeyAlgorithm keyAlgorithm, string mechanism, SignatureAlgorithm algorithm)
    {
        using var folder = new TemporaryFolder();
        using var key = await fixture.Token.PersistentKeys($"ours {keyAlgorithm}", new byte[] { 0xA0, (byte)keyAlgorithm }).CreateSigningKeyAsync(keyAlgorithm);
        await File.WriteAllBytesAsync(folder.PathOf("in"), mechanism == "ECDSA" ? SHA256.HashData(Message) : Message);
        SoftHsm.Tool(
            fixture.Label, "--sign", "--mechanism", mechanism, "--signature-format", "openssl", "--id", $"A0{(int)keyAlgorithm:X2}",
            "--input-file", folder.PathOf("in"), "--output-file", folder.PathOf("out"));
        var signature = await File.ReadAllBytesAsync(folder.PathOf("out"));
        Assert.True(CryptoProviders.Software.PublicKeys.Verify(key.SubjectPublicKeyInfo.Span, algorithm, Message, signature));
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), PublicKeyByTool($"A0{(int)keyAlgorithm:X2}"));
    }

    [Fact]
    public async Task CertificatesOfTheTool_AreListedHere_AndTheReverse()
    {
        using var folder = new TemporaryFolder();
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Token", ecdsa, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(56), DateTimeOffset.UnixEpoch.AddYears(57));
        await File.WriteAllBytesAsync(folder.PathOf("certificate.der"), certificate.RawData);
        SoftHsm.Tool(fixture.Label, "--write-object", folder.PathOf("certificate.der"), "--type", "cert", "--label", "tool's", "--id", "C1");
        var theirs = Assert.Single(await fixture.Token.ListCertificatesAsync(), found => found.Label == "tool's");
        Assert.Equal(certificate.RawData, theirs.Der.ToArray());
        Assert.Equal([0xC1], theirs.Id.ToArray());

        var uri = await fixture.Token.ImportCertificateAsync("ours", new byte[] { 0xC2 }, certificate.RawData);
        Assert.Equal("cert", uri.Type);
        SoftHsm.Tool(fixture.Label, "--read-object", "--type", "cert", "--id", "C2", "--output-file", folder.PathOf("read.der"));
        Assert.Equal(certificate.RawData, await File.ReadAllBytesAsync(folder.PathOf("read.der")));
        await Assert.ThrowsAsync<CryptoProviderException>(() => fixture.Token.ImportCertificateAsync("x", default, Message));
    }

    [Fact]
    public async Task Certificates_TakeTheIdentifierOfTheirKey_AndTellItsPublicHalf()
    {
        var (pkcs8, subjectPublicKeyInfo) = CkiSdk.Crypto.Tests.Witnesses.OpenSslKey(KeyAlgorithm.EcP256);
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.PathOf("key.der"), pkcs8);
        SoftHsm.Tool(fixture.Label, "--write-object", folder.PathOf("key.der"), "--type", "privkey", "--label", "bare", "--id", "D1", "--usage-sign");
        var uri = new Pkcs11Uri { Object = "bare" };
        var without = await Assert.ThrowsAsync<CryptoProviderException>(() => fixture.Token.OpenSigningKeyAsync(uri)); // a P-256 private key has no point
        Assert.Equal(CryptoError.UnsupportedKey, without.Code);

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(pkcs8, out _);
        using var certificate = new CertificateRequest("CN=Bare", ecdsa, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(56), DateTimeOffset.UnixEpoch.AddYears(57));
        await fixture.Token.ImportCertificateAsync("bare", new byte[] { 0xD1 }, certificate.RawData);
        using var key = await fixture.Token.OpenSigningKeyAsync(uri);
        Assert.Equal(subjectPublicKeyInfo, key.SubjectPublicKeyInfo.ToArray());
        Assert.NotEmpty(await key.SignAsync(key.Algorithms[0], Message));
    }

    private byte[] PublicKeyByTool(string id)
    {
        using var folder = new TemporaryFolder();
        SoftHsm.Tool(fixture.Label, "--read-object", "--type", "pubkey", "--id", id, "--output-file", folder.PathOf("key.der"));
        return ExternalProgram.RunOk("openssl", ["pkey", "-pubin", "-inform", "DER", "-in", folder.PathOf("key.der"), "-outform", "DER", "-pubout"]).Output;
    }
}
