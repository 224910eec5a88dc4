using CkiSdk.Pki.Certificates;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows that a key is recovered when two different people have approved it, that OpenSSL uses it, and that it is off otherwise.</summary>
public sealed class RecoveryTests
{
    private static async Task AssertForeignCertificateSignsNothingAsync(TwoDomains domains, string form)
    {
        var (own, kept) = (domains.PathOf("a5/tls.pem"), await File.ReadAllTextAsync(domains.PathOf("a5/tls.pem"), Cancel));
        File.Copy(domains.PathOf("a4/tls.pem"), own, overwrite: true);
        var error = await TwoDomains.Fails(2, "recovery", "approve", "--home", domains.PathOf("a5"), "--in", form, "--out", domains.PathOf("foreign.p7m"));
        Assert.Contains("tls.key cannot be used: it is not the key of tls.pem.", error, StringComparison.Ordinal);
        Assert.False(File.Exists(domains.PathOf("foreign.p7m")));
        await File.WriteAllTextAsync(own, kept, Cancel);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_IsRecovered_AfterTwoApprovals_AndOpensWithOpenSsl()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        await domains.StartAsync("a");
        await domains.EnrolAsync("a1");
        await domains.EnrolAsync("a2");
        await domains.EnrolAsync("a3", "--may-recover", "--may-approve");
        foreach (var officer in new[] { "a4", "a5" }) await domains.EnrolAsync(officer, "--may-approve");
        var (plain, message, receive) = (domains.PathOf("plain"), domains.PathOf("message.cki"), domains.PathOf("a2-receive.pem"));
        await File.WriteAllTextAsync(plain, "from A1 to A2", Cancel);
        await TwoDomains.Ok("user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("a2"), "--compat", "openssl", "--in", plain, "--out", message);
        await WriteReceiveCertificateAsync(domains, message, receive, "a2");

        string[] request = ["recovery", "request", "--home", domains.PathOf("a3"), "--certificate", receive, "--out", domains.PathOf("recovered.key")];
        await TwoDomains.Fails(4, request);
        string[] byName = [.. request.Select(word => word == receive ? domains.PathOf("certificates.pem") : word), "--name"];
        await TwoDomains.Fails(4, [.. byName, TwoDomains.NameOf("a1")]); // another one, which does not take its place
        await TwoDomains.Fails(4, [.. byName, TwoDomains.NameOf("a2")]); // the same case
        Assert.Equal(2, (await TwoDomains.Json("recovery", "list", "--home", domains.PathOf("a"))).GetProperty("cases").GetArrayLength());
        Assert.Contains($"{TwoDomains.NameOf("a1")} and {TwoDomains.NameOf("a2")}".Split(' ')[0], await TwoDomains.Fails(7, [.. byName, TwoDomains.NameOf("a9")]), StringComparison.Ordinal);
        var found = (await TwoDomains.Json("recovery", "list", "--home", domains.PathOf("a"))).GetProperty("cases")[0];
        Assert.Equal("waiting", found.GetProperty("state").GetString());
        var form = domains.PathOf("case.json");
        await TwoDomains.Ok("recovery", "show", "--home", domains.PathOf("a"), "--case", found.GetProperty("case").GetString()!, "--out", form);
        await TwoDomains.Ok(Approvals.Take(domains, await Approvals.SignAsync(domains, "a4", form)));
        await TwoDomains.Fails(3, Approvals.Take(domains, await Approvals.SignAsync(domains, "a4", form))); // the same person
        await AssertForeignCertificateSignsNothingAsync(domains, form);
        await TwoDomains.Fails(3, Approvals.Take(domains, await Approvals.SignAsync(domains, "a3", form))); // who asks
        await TwoDomains.Fails(6, Approvals.Take(domains, await Approvals.SignAsync(domains, "a1", form))); // who may not
        await TwoDomains.Fails(4, request);
        await TwoDomains.Ok(Approvals.Take(domains, await Approvals.SignAsync(domains, "a5", form)));
        await TwoDomains.Ok(request);
        AssertOpens(domains, message, receive, "recovered.key");

        await TwoDomains.Ok("user", "key", "export", "--home", domains.PathOf("a2"), "--certificate", receive, "--out", domains.PathOf("own.key"));
        AssertOpens(domains, message, receive, "own.key");
        await TwoDomains.Fails(3, "recovery", "request", "--home", domains.PathOf("a1"), "--certificate", receive, "--out", domains.PathOf("x.key"));
        await TwoDomains.Fails(7, "recovery", "show", "--home", domains.PathOf("a"), "--case", "0000000000000000", "--out", domains.PathOf("none"));
    }

    [Fact]
    public async Task Decisions_Count_AsTheyWereSigned_ForTheCaseAlone()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        await domains.StartAsync("a");
        await domains.EnrolAsync("a1");
        await domains.EnrolAsync("a3", "--may-recover");
        await domains.EnrolAsync("a4", "--may-approve");
        var (plain, message, certificate, form) = (domains.PathOf("plain"), domains.PathOf("message.cki"), domains.PathOf("a1-receive.pem"), domains.PathOf("case.json"));
        await File.WriteAllTextAsync(plain, "from A1 to A1", Cancel);
        await TwoDomains.Ok("user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("a1"), "--compat", "openssl", "--in", plain, "--out", message);
        await WriteReceiveCertificateAsync(domains, message, certificate, "a1");
        string[] request = ["recovery", "request", "--home", domains.PathOf("a3"), "--certificate", certificate, "--out", domains.PathOf("recovered.key")];
        await TwoDomains.Fails(4, request);
        var found = (await TwoDomains.Json("recovery", "list", "--home", domains.PathOf("a"))).GetProperty("cases")[0];
        await TwoDomains.Ok("recovery", "show", "--home", domains.PathOf("a"), "--case", found.GetProperty("case").GetString()!, "--out", form);

        var text = await File.ReadAllTextAsync(form, Cancel);
        await File.WriteAllTextAsync(form, text.Replace("User A1", "User A2", StringComparison.Ordinal), Cancel); // people would read another name
        await TwoDomains.Fails(2, "recovery", "approve", "--home", domains.PathOf("a4"), "--in", form, "--out", domains.PathOf("x.p7m"));
        await File.WriteAllTextAsync(form, text.Replace(found.GetProperty("case").GetString()!, "0000000000000000", StringComparison.Ordinal), Cancel);
        await TwoDomains.Fails(7, Approvals.Take(domains, await Approvals.SignAsync(domains, "a4", form)));
        await File.WriteAllTextAsync(form, text, Cancel);
        var signed = await Approvals.SignAsync(domains, "a4", form, "refuse");
        var octets = await File.ReadAllBytesAsync(signed, Cancel);
        var place = octets.AsSpan().IndexOf("refuse"u8);
        "accept"u8.CopyTo(octets.AsSpan(place));
        await File.WriteAllBytesAsync(domains.PathOf("changed.p7m"), octets, Cancel);
        await TwoDomains.Fails(6, Approvals.Take(domains, domains.PathOf("changed.p7m")));
        await TwoDomains.Fails(2, Approvals.Take(domains, form)); // not signed at all

        // Somebody else may have signed it, with keys that were stolen.
        await TwoDomains.Ok("cma", "user", "add", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a4"), "--may-approve", "--out", domains.PathOf("a4.json"), "--force");
        await TwoDomains.Fails(6, Approvals.Take(domains, signed));
        await TwoDomains.Ok("user", "enroll", "--home", domains.PathOf("a4"), "--in", domains.PathOf("a4.json"), "--password-file", domains.PathOf("a4.json.secret"));
        await TwoDomains.Ok(Approvals.Take(domains, await Approvals.SignAsync(domains, "a4", form, "refuse")));
        await TwoDomains.Fails(3, request); // refused for good
    }

    [Fact]
    public async Task Recovery_IsOff_UnlessTheHomeSaysOtherwise()
    {
        using var domain = await Hosting.TestDomain.CreateAsync();
        var error = await TwoDomains.Fails(3, "recovery", "list", "--home", domain.Path);
        Assert.Contains("Key recovery is off", error, StringComparison.Ordinal);
    }

    private static async Task WriteReceiveCertificateAsync(TwoDomains domains, string message, string target, string user)
    {
        var pem = domains.PathOf("certificates.pem");
        ExternalProgram.RunOk("openssl", ["cms", "-cmsout", "-inform", "DER", "-in", message, "-certsout", pem, "-noout"]);
        var certificates = CertificatePem.ReadAll(await File.ReadAllTextAsync(pem, Cancel));
        await File.WriteAllTextAsync(target, certificates.First(certificate => certificate.Subject.ToString() == TwoDomains.NameOf(user)).ToPem(), Cancel);
    }

    private static void AssertOpens(TwoDomains domains, string message, string receive, string key)
    {
        var opened = domains.PathOf("opened");
        ExternalProgram.RunOk("openssl", ["cms", "-decrypt", "-binary", "-inform", "DER", "-in", message, "-recip", receive, "-inkey", domains.PathOf(key), "-out", opened]);
        Assert.Equal("from A1 to A2", File.ReadAllText(opened));
    }
}
