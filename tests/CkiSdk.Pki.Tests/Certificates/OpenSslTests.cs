using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.TestSupport;

namespace CkiSdk.Pki.Tests.Certificates;

/// <summary>Shows that OpenSSL verifies and prints our certificates.</summary>
public sealed class OpenSslTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("ECDSA P-256", KeyAlgorithm.EcP256, SignatureAlgorithm.EcdsaSha256)]
    [InlineData("ECDSA P-384", KeyAlgorithm.EcP384, SignatureAlgorithm.EcdsaSha384)]
    [InlineData("RSA PKCS #1", KeyAlgorithm.Rsa2048, SignatureAlgorithm.RsaPkcs1Sha256)]
    [InlineData("RSA-PSS", KeyAlgorithm.Rsa2048, SignatureAlgorithm.RsaPssSha256)]
    public async Task SendCertificate_Verifies(string description, KeyAlgorithm kind, SignatureAlgorithm algorithm)
    {
        using var authority = await TestAuthority.Create(kind, algorithm);
        using var dh = await TestAuthority.Provider.Keys.CreateDhKeyAsync(DhGroups.Ffdhe3072, TestContext.Current.CancellationToken);
        var template = CertificateProfiles.Send(
            TestAuthority.User, DhPublicKeys.Encode(dh.Group, dh.PublicValue.Span), TestAuthority.NotBefore, TestAuthority.NotAfter, TestAuthority.SeedKeyIdentifier());
        var certificate = await authority.Sign(template, algorithm);
        Assert.True(certificate.IsSignedBy(authority.Certificate, TestAuthority.Provider), description);
        Verify(authority.Certificate, certificate);
    }

    [Fact]
    public async Task EveryProfile_Verifies()
    {
        using var authority = await TestAuthority.Create();
        using var dh = await TestAuthority.Provider.Keys.CreateDhKeyAsync(DhGroups.Ffdhe2048, TestContext.Current.CancellationToken);
        using var rsa = await TestAuthority.Provider.Keys.CreateDecryptionKeyAsync(KeyAlgorithm.Rsa2048, TestContext.Current.CancellationToken);
        var key = DhPublicKeys.Encode(dh.Group, dh.PublicValue.Span);
        var (from, to) = (TestAuthority.NotBefore, new DateTimeOffset(2051, 6, 1, 12, 0, 0, TimeSpan.Zero));
        Verify(authority.Certificate, authority.Certificate);
        Verify(authority.Certificate, await authority.Sign(CertificateProfiles.Domain(TestAuthority.Name, key, from, to)));
        Verify(authority.Certificate, await authority.Sign(CertificateProfiles.Receive(TestAuthority.User, key, from, to, TestAuthority.SeedKeyIdentifier())));
        Verify(authority.Certificate, await authority.SignAuthentication(rsa.SubjectPublicKeyInfo, CertificatePurposes.KeyReceipt));
        Verify(
            authority.Certificate,
            await authority.SignAuthentication(rsa.SubjectPublicKeyInfo, CertificatePurposes.TlsServer | CertificatePurposes.TlsClient, new GeneralName.DNSName("cma.example")),
            "-purpose", "sslserver", "-verify_hostname", "cma.example");
    }

    [Fact]
    public async Task Text_Names_EveryField()
    {
        using var authority = await TestAuthority.Create();
        var certificate = await authority.SignSend();
        var text = ExternalProgram.RunOk("openssl", ["x509", "-in", Write(certificate), "-noout", "-text", "-nameopt", "RFC2253"]).Text;
        Assert.Contains("Version: 3 (0x2)", text, StringComparison.Ordinal);
        Assert.Contains($"Issuer: {certificate.Issuer}", text, StringComparison.Ordinal);
        Assert.Contains($"Subject: {certificate.Subject}", text, StringComparison.Ordinal);
        Assert.Contains("Public Key Algorithm: X9.42 DH", text, StringComparison.Ordinal);
        Assert.Contains("GROUP: ffdhe2048", text, StringComparison.Ordinal);
        Assert.Matches("X509v3 Key Usage: critical\\s+Key Agreement, Encipher Only", text);
        Assert.Contains("Not Before: Jan  1 00:00:00 2026 GMT", text, StringComparison.Ordinal);
        Assert.Contains("X509v3 Subject Key Identifier", text, StringComparison.Ordinal);
        Assert.Contains("X509v3 Authority Key Identifier", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_OfTheBundle_EqualOpenSsls()
    {
        var arguments = new[] { "storeutl", "-noout", "-text", "-certs", "-out", "-", "/etc/ssl/certs/ca-certificates.crt" };
        var subjects = ExternalProgram.RunOk("openssl", arguments).Text.Split('\n').Count(line => line.TrimStart().StartsWith("Subject: ", StringComparison.Ordinal));
        Assert.Equal(CertificateBundle.All.Count, subjects);
        Assert.All(CertificateBundle.All.Take(12), certificate =>
        {
            var text = ExternalProgram.RunOk("openssl", ["x509", "-noout", "-subject", "-nameopt", "RFC2253,-esc_msb,utf8"], System.Text.Encoding.ASCII.GetBytes(certificate.ToPem())).Text;
            Assert.Equal($"subject={certificate.Subject}", text.Trim());
        });
    }

    public void Dispose() => _folder.Dispose();

    private void Verify(Certificate authority, Certificate certificate, params string[] more)
    {
        string[] arguments = ["verify", "-x509_strict", "-attime", "1800000000", "-CAfile", Write(authority), .. more, Write(certificate)];
        Assert.EndsWith(": OK", ExternalProgram.RunOk("openssl", arguments).Text.Trim(), StringComparison.Ordinal);
    }

    private string Write(Certificate certificate) => _folder.WriteText(Convert.ToHexString(certificate.Sha256()) + ".pem", certificate.ToPem());
}
