using CkiSdk.Pki.Certificates;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows that a key is recovered when two different people have approved it, that OpenSSL uses it, and that it is off otherwise.</summary>
public sealed class RecoveryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_IsRecovered_AfterTwoApprovals_AndOpensWithOpenSsl()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        await domains.StartAsync("a");
        await domains.EnrolAsync("a1");
        await domains.EnrolAsync("a2");
        await domains.EnrolAsync("a3", "--may-recover");
        var (plain, message, receive) = (domains.PathOf("plain"), domains.PathOf("message.cki"), domains.PathOf("a2-receive.pem"));
        await File.WriteAllTextAsync(plain, "from A1 to A2", Cancel);
        await TwoDomains.Ok("user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("a2"), "--compat", "openssl", "--in", plain, "--out", message);
        await WriteReceiveCertificateAsync(domains, message, receive);

        string[] request = ["recovery", "request", "--home", domains.PathOf("a3"), "--certificate", receive, "--out", domains.PathOf("recovered.key")];
        await TwoDomains.Fails(4, request);
        var found = (await TwoDomains.Json("recovery", "list", "--home", domains.PathOf("a"))).GetProperty("cases")[0];
        Assert.Equal("waiting", found.GetProperty("state").GetString());
        string[] approve = ["recovery", "approve", "--home", domains.PathOf("a"), "--case", found.GetProperty("case").GetString()!, "--approver"];
        await TwoDomains.Ok([.. approve, "CN=Officer 1"]);
        await TwoDomains.Fails(3, [.. approve, "CN=officer 1"]); // the same person
        await TwoDomains.Fails(4, request);
        await TwoDomains.Ok([.. approve, "CN=Officer 2"]);
        await TwoDomains.Ok(request);
        AssertOpens(domains, message, receive, "recovered.key");

        await TwoDomains.Ok("user", "key", "export", "--home", domains.PathOf("a2"), "--certificate", receive, "--out", domains.PathOf("own.key"));
        AssertOpens(domains, message, receive, "own.key");
        await TwoDomains.Fails(3, "recovery", "request", "--home", domains.PathOf("a1"), "--certificate", receive, "--out", domains.PathOf("x.key"));
        await TwoDomains.Fails(7, "recovery", "approve", "--home", domains.PathOf("a"), "--case", "0000000000000000", "--approver", "CN=Officer 1");
    }

    [Fact]
    public async Task Recovery_IsOff_UnlessTheHomeSaysOtherwise()
    {
        using var domain = await Hosting.TestDomain.CreateAsync();
        var error = await TwoDomains.Fails(3, "recovery", "list", "--home", domain.Path);
        Assert.Contains("Key recovery is off", error, StringComparison.Ordinal);
    }

    private static async Task WriteReceiveCertificateAsync(TwoDomains domains, string message, string target)
    {
        var pem = domains.PathOf("certificates.pem");
        ExternalProgram.RunOk("openssl", ["cms", "-cmsout", "-inform", "DER", "-in", message, "-certsout", pem, "-noout"]);
        var certificates = CertificatePem.ReadAll(await File.ReadAllTextAsync(pem, Cancel));
        await File.WriteAllTextAsync(target, certificates.First(certificate => certificate.Subject.ToString() == TwoDomains.NameOf("a2")).ToPem(), Cancel);
    }

    private static void AssertOpens(TwoDomains domains, string message, string receive, string key)
    {
        var opened = domains.PathOf("opened");
        ExternalProgram.RunOk("openssl", ["cms", "-decrypt", "-binary", "-inform", "DER", "-in", message, "-recip", receive, "-inkey", domains.PathOf(key), "-out", opened]);
        Assert.Equal("from A1 to A2", File.ReadAllText(opened));
    }
}
