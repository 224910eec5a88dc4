using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Is key recovery beside Annex C (Part 2 §III.H): the key of the receive certificate of B1 that CMA A has issued, after two people of domain A have approved it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class AnnexCRecovery
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Enrols who asks and who approves, on the first day of the CMA; and another user of domain B, who has nothing to do with it.</summary>
    public static async Task EnrolAsync(TwoDomains domains)
    {
        await domains.EnrolAsync("a2", "--may-recover", "--may-approve");
        foreach (var approver in new[] { "a3", "a4" }) await domains.EnrolAsync(approver, "--may-approve");
        await domains.EnrolAsync("b2");
    }

    /// <summary>Runs it: the recovered key opens what A1 has sealed, and that is all that it opens.</summary>
    public static async Task RunAsync(TwoDomains domains)
    {
        var (message, certificates, form, key) = (domains.PathOf("recoverable.cki"), domains.PathOf("certificates.pem"), domains.PathOf("case.json"), domains.PathOf("recovered.key"));
        await TwoDomains.Ok("user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("b1"), "--compat", "openssl", "--in", domains.PathOf("report.txt"), "--out", message);
        ExternalProgram.RunOk("openssl", ["cms", "-cmsout", "-inform", "DER", "-in", message, "-certsout", certificates, "-noout"]);
        string[] ask = ["recovery", "request", "--certificate", certificates, "--name", TwoDomains.NameOf("b1"), "--out", key, "--home"];
        await TwoDomains.Fails(3, [.. ask, domains.PathOf("a1")]); // who may not
        string[] request = [.. ask, domains.PathOf("a2")];
        await TwoDomains.Fails(4, request);
        var waiting = Assert.Single((await TwoDomains.Json("recovery", "list", "--home", domains.PathOf("a"))).GetProperty("cases").EnumerateArray());
        Assert.Equal("waiting", waiting.GetProperty("state").GetString());
        await TwoDomains.Ok("recovery", "show", "--home", domains.PathOf("a"), "--case", waiting.GetProperty("case").GetString()!, "--out", form);

        await TwoDomains.Ok(Approvals.Take(domains, await Approvals.SignAsync(domains, "a3", form)));
        await TwoDomains.Fails(3, Approvals.Take(domains, await Approvals.SignAsync(domains, "a3", form))); // the same person
        await TwoDomains.Fails(3, Approvals.Take(domains, await Approvals.SignAsync(domains, "a2", form))); // who asks
        await TwoDomains.Fails(4, request);
        Assert.False(File.Exists(key));
        await TwoDomains.Ok(Approvals.Take(domains, await Approvals.SignAsync(domains, "a4", form)));
        await TwoDomains.Ok(request);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        Assert.Contains("krr", await Holdings.HandledAsync(domains, "a", Holdings.UserOf("a2")));
        await AssertOpensAsync(domains, message, key);
    }

    private static async Task AssertOpensAsync(TwoDomains domains, string message, string key)
    {
        var (receive, opened) = (domains.PathOf("b1-receive.pem"), domains.PathOf("recovered.txt"));
        var certificate = await Holdings.OfUserAsync(domains, "a1", session => Task.FromResult(session.Client.Certificates.Receive.Single(held => held.Subject.Equals(Holdings.UserOf("b1")))));
        await File.WriteAllTextAsync(receive, certificate.ToPem(), Cancel);
        ExternalProgram.RunOk("openssl", ["cms", "-decrypt", "-binary", "-inform", "DER", "-in", message, "-recip", receive, "-inkey", key, "-out", opened]);
        Assert.Equal(await File.ReadAllTextAsync(domains.PathOf("report.txt"), Cancel), await File.ReadAllTextAsync(opened, Cancel));
    }
}
