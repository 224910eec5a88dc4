namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Runs two domains by the commands of operators and users: from nothing to a sealed file, to its revoked recipient, and back.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TwoDomainsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task File_Goes_FromDomainToDomain(bool hasTlcma)
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma);
        await domains.StartAsync(hasTlcma ? ["top", "a", "b"] : ["a", "b"]);
        await AnnexC.RunAsync(domains);
        await AssertRefusalsAsync(domains);
        foreach (var home in domains.Running.ToArray()) await domains.StopAsync(home);
    }

    // Each of the exit codes that a user meets.
    private static async Task AssertRefusalsAsync(TwoDomains domains)
    {
        var (plain, message) = (domains.PathOf("report.txt"), domains.PathOf("again.cki"));
        string[] open = ["user", "open", "--home", domains.PathOf("b1"), "--in", message, "--out"];
        await TwoDomains.Fails(2, [.. open, domains.PathOf("again.txt")]); // the file is there
        await TwoDomains.Fails(7, "user", "open", "--home", domains.PathOf("a1"), "--in", message, "--out", domains.PathOf("x"));
        var bad = await File.ReadAllBytesAsync(message, Cancel);
        bad[^20] ^= 1;
        await File.WriteAllBytesAsync(domains.PathOf("bad.cki"), bad, Cancel);
        await TwoDomains.Fails(1, "user", "open", "--home", domains.PathOf("b1"), "--in", domains.PathOf("bad.cki"), "--out", domains.PathOf("x"));
        await TwoDomains.Fails(1, "user", "open", "--home", domains.PathOf("b1"), "--in", plain, "--out", domains.PathOf("x"));
        Assert.False(File.Exists(domains.PathOf("x")));
        var error = await TwoDomains.Fails(3, "user", "seal", "--home", domains.PathOf("a1"), "--to", "CN=C1,O=Domain C,C=GB", "--in", plain, "--out", domains.PathOf("x"));
        Assert.Contains("is in no domain that this CMA knows", error, StringComparison.Ordinal);
        await TwoDomains.Fails(2, "user", "seal", "--home", domains.PathOf("a1"), "--to", "C1", "--in", plain, "--out", domains.PathOf("x"));
        await TwoDomains.Fails(7, "cma", "user", "revoke", "--home", domains.PathOf("a"), "--name", "CN=User A9,O=Domain A,C=GB");
        await TwoDomains.Fails(8, "user", "certs", "--home", domains.PathOf("a1"), "--days", "5000");
        await TwoDomains.Fails(8, "cma", "status", "--home", domains.PathOf("a"), "--days", "5000");
    }
}
