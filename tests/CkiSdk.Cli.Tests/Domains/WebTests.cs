using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using CkiSdk.Cli.Tests.Hosting;
using CkiSdk.Pki.Certificates;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows the web pages of a running CMA: two people approve the recovery of a key by them, an operator revokes a user.</summary>
public sealed partial class WebTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_IsRecovered_AfterTwoApprovals_ByTheWebPages()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        await using var cma = await CmaProcess.StartAsync(domains.PathOf("a"), listen: null, more: ["--web", "127.0.0.1:0", "--web-tls", "--web-operator", TwoDomains.NameOf("a2")]);
        await domains.EnrolAsync("a1", "--may-recover");
        await domains.EnrolAsync("a2");
        foreach (var officer in new[] { "a4", "a5" }) await domains.EnrolAsync(officer, "--may-approve");
        string[] request = ["recovery", "request", "--home", domains.PathOf("a1"), "--certificate", await ReceiveCertificateAsync(domains), "--out", domains.PathOf("recovered.key")];
        await TwoDomains.Fails(4, request);
        var found = (await TwoDomains.Json("recovery", "list", "--home", domains.PathOf("a"))).GetProperty("cases")[0].GetProperty("case").GetString()!;
        foreach (var officer in new[] { "a4", "a5" })
        {
            await TwoDomains.Fails(4, request);
            Assert.Equal(HttpStatusCode.SeeOther, await SubmitAsync(domains, cma, officer, "approvals", "approve", ("case", found), ("why", "court order")));
        }

        await TwoDomains.Ok(request);
        Assert.True(File.Exists(domains.PathOf("recovered.key")));

        Assert.Equal(HttpStatusCode.SeeOther, await SubmitAsync(domains, cma, "a2", "revoked", "revoke", ("user", TwoDomains.NameOf("a1")), ("reason", "affiliation-changed"), ("why", "left")));
        Assert.Contains("why: left", await TwoDomains.Ok("audit", "list", "--home", domains.PathOf("a")), StringComparison.Ordinal);
        await TwoDomains.Ok("audit", "verify", "--home", domains.PathOf("a"));
        Assert.Equal(0, await cma.StopAsync());
    }

    [Theory]
    [InlineData("an operator without TLS", "--web", "127.0.0.1:0", "--web-operator", "CN=A")]
    [InlineData("an operator who is no name", "--web", "127.0.0.1:0", "--web-tls", "--web-operator", "A")]
    [InlineData("an operator without pages", "--web-operator", "CN=A")]
    [InlineData("no address", "--web", "8080")]
    public async Task WrongOptions_AreUsageErrors(string what, params string[] options)
    {
        using var domain = await Hosting.TestDomain.CreateAsync();
        var error = await TwoDomains.Fails(2, ["cma", "run", "--home", domain.Path, "--listen", "127.0.0.1:0", .. options]);
        Assert.True(error.Contains("--web", StringComparison.Ordinal) || error.Contains("distinguished name", StringComparison.Ordinal), $"{what}: {error}");
    }

    private static async Task<HttpStatusCode> SubmitAsync(TwoDomains domains, CmaProcess cma, string user, string page, string form, params (string Name, string Value)[] fields)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        handler.SslOptions.ClientCertificates = [Identity(domains.PathOf(user))];
        using var own = X509CertificateLoader.LoadCertificateFromFile(domains.PathOf("a/tls.pem"));
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetRawCertData().SequenceEqual(own.RawData) == true;
        using var client = new HttpClient(handler) { BaseAddress = cma.Web };
        var text = await client.GetStringAsync($"/{page}", Cancel);
        var token = Forms().Matches(text).Select(match => match.Groups).First(groups => groups[1].Value == form)[2].Value;
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("token", token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        using var answer = await client.PostAsync($"/{form}", content, Cancel);
        return answer.StatusCode;
    }

    // What the guide tells people to import into their browsers.
    private static X509Certificate2 Identity(string home)
    {
        var target = Path.Combine(home, "browser.p12");
        ExternalProgram.RunOk("openssl", ["pkcs12", "-export", "-in", Path.Combine(home, "tls.pem"), "-inkey", Path.Combine(home, "tls.key"), "-passin", $"file:{home}/home.key", "-passout", "pass:browser", "-out", target]);
        return X509CertificateLoader.LoadPkcs12FromFile(target, "browser");
    }

    private static async Task<string> ReceiveCertificateAsync(TwoDomains domains)
    {
        var (plain, message, pem, receive) = (domains.PathOf("plain"), domains.PathOf("message.cki"), domains.PathOf("certificates.pem"), domains.PathOf("receive.pem"));
        await File.WriteAllTextAsync(plain, "from A1 to A2", Cancel);
        await TwoDomains.Ok("user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("a2"), "--compat", "openssl", "--in", plain, "--out", message);
        ExternalProgram.RunOk("openssl", ["cms", "-cmsout", "-inform", "DER", "-in", message, "-certsout", pem, "-noout"]);
        var certificates = CertificatePem.ReadAll(await File.ReadAllTextAsync(pem, Cancel));
        await File.WriteAllTextAsync(receive, certificates.First(certificate => certificate.Subject.ToString() == TwoDomains.NameOf("a2")).ToPem(), Cancel);
        return receive;
    }

    [GeneratedRegex("<form method=\"post\" action=\"/([a-z]+)\"[^>]*><input type=\"hidden\" name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex Forms();
}
