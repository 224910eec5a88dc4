using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Requests;
using CkiSdk.Pki.Tests.Paths;
using CkiSdk.TestSupport;

namespace CkiSdk.Pki.Tests.Requests;

/// <summary>Shows that requests say what they were told, that the key's holder made them, and what an authority makes of them.</summary>
public sealed class RequestTests : IDisposable
{
    private static readonly DistinguishedName Subject = DistinguishedName.Parse("CN=www.example.com,O=Lab");
    private readonly TemporaryFolder _folder = new();
    private readonly PathLab _lab = new();

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048)]
    [InlineData(KeyAlgorithm.EcP256)]
    [InlineData(KeyAlgorithm.EcP384)]
    [InlineData(KeyAlgorithm.EcP521)]
    [InlineData(KeyAlgorithm.Ed25519)]
    public async Task Sign_Writes_WhatIsReadAgain_AndOpenSslVerifies(KeyAlgorithm kind)
    {
        using var key = await PathLab.Provider.Keys.CreateSigningKeyAsync(kind, TestContext.Current.CancellationToken);
        var template = new RequestTemplate { Subject = Subject, Extensions = [San("www.example.com")], ChallengePassword = "revoke me" };
        var request = await RequestSigner.SignAsync(template, key, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Subject, request.Subject);
        Assert.Equal("revoke me", request.ChallengePassword);
        Assert.Equal(template.Extensions, request.RequestedExtensions);
        Assert.True(request.SubjectPublicKeyInfo.Span.SequenceEqual(key.SubjectPublicKeyInfo.Span));
        Assert.True(request.ProvesPossession(PathLab.Provider));
        Assert.Equal(request.Encoded.ToArray(), CertificationRequest.FromPem(request.ToPem()).Encoded.ToArray());
        var result = ExternalProgram.RunOk("openssl", ["req", "-in", _folder.WriteText($"{kind}.pem", request.ToPem()), "-verify", "-noout", "-text"]);
        Assert.Contains("DNS:www.example.com", result.Text, StringComparison.Ordinal);
        Assert.Contains("verify OK", result.Text + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneOctetChanged_ProvesNothing()
    {
        using var key = await PathLab.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, TestContext.Current.CancellationToken);
        var octets = (await RequestSigner.SignAsync(new RequestTemplate { Subject = Subject }, key, cancellationToken: TestContext.Current.CancellationToken)).Encoded.ToArray();
        for (var i = 0; i < octets.Length; i++)
        {
            var changed = octets.ToArray();
            changed[i] ^= 1;
            Assert.False(CertificationRequest.TryDecode(changed, out var request) && request.ProvesPossession(PathLab.Provider), $"octet {i}");
        }
    }

    [Theory]
    [InlineData("rsa:2048", "-newkey", "rsa:2048")]
    [InlineData("P-384", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384")]
    [InlineData("Ed25519", "-newkey", "ed25519")]
    public void OpenSslsRequests_Are_Read(string description, params string[] options)
    {
        string[] arguments = ["req", "-new", "-nodes", "-subj", "/O=Lab/CN=www.example.com", "-addext", "subjectAltName=DNS:www.example.com,email:a@example.com", "-addext", "basicConstraints=CA:TRUE", "-keyout", "/dev/null", .. options];
        var request = CertificationRequest.FromPem(ExternalProgram.RunOk("openssl", arguments).Text);
        Assert.Equal(Subject, request.Subject);
        Assert.True(request.ProvesPossession(PathLab.Provider), description);
        var decision = RequestDecision.Make(request, IssuanceProfile.TlsServer, PathLab.Now, PathLab.Now.AddDays(90), PathLab.Provider);
        Assert.Equal(["a name of the form Rfc822Name in subjectAltName", "extension 2.5.29.19"], decision.Ignored);
        Assert.Equal(Subject, decision.Template.Subject);
        Assert.DoesNotContain(decision.Template.Extensions, extension => extension.ExtnId == CertificateExtensionsValues.IdCeBasicConstraints);
    }

    [Fact]
    public async Task EveryProfile_Passes_ItsLint_AndOpenSslsStrictCheck()
    {
        using var key = await PathLab.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, TestContext.Current.CancellationToken);
        var details = new IssuanceDetails
        {
            Subject = DistinguishedName.Parse("CN=Root,O=Lab"),
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
            NotBefore = PathLab.Now.AddDays(-1),
            NotAfter = PathLab.Now.AddDays(1),
        };
        var root = await Sign(IssuanceProfile.Root.Make(details), null, key);
        var file = _folder.WriteText("root.pem", root.ToPem());
        foreach (var (profile, name, purpose) in ((IssuanceProfile, GeneralName, string)[])
        [
            (IssuanceProfile.TlsServer, new GeneralName.DNSName("www.example.com"), "sslserver"),
            (IssuanceProfile.TlsClient, new GeneralName.Rfc822Name("a@example.com"), "sslclient"),
            (IssuanceProfile.Mail, new GeneralName.Rfc822Name("a@example.com"), "smimesign"),
            (IssuanceProfile.User, new GeneralName.Rfc822Name("a@example.com"), "sslclient"),
        ])
        {
            var certificate = await Sign(profile.Make(details with { Subject = DistinguishedName.Parse("CN=E,O=Lab"), AlternativeNames = [name] }), root, key);
            Assert.Empty(CertificateLint.Check(certificate, profile.Rules));
            string[] arguments = ["verify", "-x509_strict", "-purpose", purpose, "-attime", PathLab.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), "-CAfile", file, _folder.WriteText($"{profile.Name}.pem", certificate.ToPem())];
            Assert.EndsWith(": OK", ExternalProgram.RunOk("openssl", arguments).Text.Trim(), StringComparison.Ordinal);
        }

        var refusal = await Assert.ThrowsAsync<CertificateRefusedException>(() => Sign(IssuanceProfile.TlsServer.Make(details with { Subject = DistinguishedName.Empty }), root, key));
        Assert.Contains(refusal.Findings, finding => finding.Clause == "RFC 5280 §4.1.2.6");
        await Assert.ThrowsAsync<CertificateRefusedException>(() => Sign(
            IssuanceProfile.TlsServer.Make(details with { AlternativeNames = [new GeneralName.DNSName("under_score.example")] }), root, key));
    }

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048)]
    [InlineData(KeyAlgorithm.EcP256)]
    public async Task Bridges_Lead_ToTheFrameworkAndBack(KeyAlgorithm kind)
    {
        using var key = await PathLab.Provider.Keys.CreateSigningKeyAsync(kind, TestContext.Current.CancellationToken);
        var certificate = await Sign(
            IssuanceProfile.Root.Make(new IssuanceDetails { Subject = Subject, SubjectPublicKeyInfo = key.SubjectPublicKeyInfo, NotBefore = PathLab.Now, NotAfter = PathLab.Now.AddDays(1) }), null, key);
        using var framework = certificate.ToX509Certificate2((IExportableKey)key);
        Assert.True(framework.HasPrivateKey);
        Assert.Equal(certificate, framework.ToCertificate());
        using var again = await framework.ImportSigningKeyAsync(PathLab.Provider.Keys, TestContext.Current.CancellationToken);
        Assert.True(again.SubjectPublicKeyInfo.Span.SequenceEqual(key.SubjectPublicKeyInfo.Span));
        using var bare = certificate.ToX509Certificate2();
        await Assert.ThrowsAsync<CryptoProviderException>(async () => await bare.ImportSigningKeyAsync(PathLab.Provider.Keys));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _lab.Dispose();
    }

    private static Extension San(string host) => CertificateExtension.SubjectAltName(new GeneralName.DNSName(host));

    private static async Task<CkiSdk.Pki.Certificates.Certificate> Sign(CertificateTemplate template, CkiSdk.Pki.Certificates.Certificate? issuer, ISigningKey key) =>
        await CertificateSigner.SignAsync(template, issuer, key, key.Algorithms[0], SerialNumbers.Random(PathLab.Provider.Random));
}
