using CkiSdk.Crypto.Software;
using CkiSdk.TestSupport;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests.Software;

public sealed class Pkcs8Tests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static IKeyFactory Keys => CryptoProviders.Software.Keys;

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048)]
    [InlineData(KeyAlgorithm.EcP256)]
    [InlineData(KeyAlgorithm.EcP384)]
    public async Task ExportPkcs8_IsRead_ByOpenSslAndByUs(KeyAlgorithm algorithm)
    {
        using var key = (SoftwareSigningKey)await Keys.CreateSigningKeyAsync(algorithm, Cancellation);
        using var exported = key.ExportPkcs8();
        var read = ExternalProgram.RunOk("openssl", ["pkey", "-pubout", "-outform", "DER"], System.Text.Encoding.ASCII.GetBytes(Pkcs8.ToPem(exported)));
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), read.Output);

        using var fromPem = Pkcs8.FromPem(Pkcs8.ToPem(exported));
        Assert.True(fromPem.FixedTimeEquals(exported.Span));
        using var again = await Keys.ImportSigningKeyAsync(fromPem, Cancellation);
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), again.SubjectPublicKeyInfo.ToArray());
    }

    [Fact]
    public async Task ExportPkcs8_ComesBack_ForReceivingKeys()
    {
        using var rsa = (SoftwareDecryptionKey)await Keys.CreateDecryptionKeyAsync(KeyAlgorithm.Rsa2048, Cancellation);
        using var ec = (SoftwareKeyAgreementKey)await Keys.CreateKeyAgreementKeyAsync(KeyAlgorithm.EcP384, Cancellation);
        using var rsaOctets = rsa.ExportPkcs8();
        using var ecOctets = ec.ExportPkcs8();
        using var rsaAgain = await Keys.ImportDecryptionKeyAsync(rsaOctets, Cancellation);
        using var ecAgain = await Keys.ImportKeyAgreementKeyAsync(ecOctets, Cancellation);
        Assert.Equal(rsa.SubjectPublicKeyInfo.ToArray(), rsaAgain.SubjectPublicKeyInfo.ToArray());
        Assert.Equal(ec.SubjectPublicKeyInfo.ToArray(), ecAgain.SubjectPublicKeyInfo.ToArray());
        await Assert.ThrowsAsync<CryptoProviderException>(async () => await Keys.ImportDecryptionKeyAsync(ecOctets, Cancellation));
        await Assert.ThrowsAsync<CryptoProviderException>(async () => await Keys.ImportKeyAgreementKeyAsync(rsaOctets, Cancellation));
    }

    [Fact]
    public async Task Exports_AreCopies()
    {
        using var exponent = SecretOf("0badc0de");
        using var key = (SoftwareDhKey)await Keys.ImportDhKeyAsync(DhGroups.Ffdhe2048, exponent, Cancellation);
        exponent.Span.Clear();
        using var exported = key.ExportExponent();
        Assert.Equal("0badc0de", Hex(exported.Span));
        using var octets = SecretOf(new string('a', 64));
        using var secretKey = (SoftwareSecretKey)await Keys.ImportSecretKeyAsync(octets, Cancellation);
        octets.Span.Clear();
        using var exportedOctets = secretKey.Export();
        Assert.Equal(new string('a', 64), Hex(exportedOctets.Span));
    }

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("no PEM", "some text")]
    [InlineData("another label", "-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----")]
    [InlineData("encrypted", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----")]
    [InlineData("no base64", "-----BEGIN PRIVATE KEY-----\nM*A=\n-----END PRIVATE KEY-----")]
    public void FromPem_Rejects_OtherTexts(string description, string pem)
    {
        Assert.NotEmpty(description);
        Assert.Throws<FormatException>(() => Pkcs8.FromPem(pem));
    }
}
