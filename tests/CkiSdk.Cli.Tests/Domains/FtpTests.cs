using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows two domains that reach each other by an FTP server alone, in plain and with TLS.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class FtpTests
{
    [Theory]
    [InlineData("a TLCMA, and an FTP server in plain", true, false)]
    [InlineData("two CMAs, and an FTP server with TLS", false, true)]
    public async Task TwoDomains_GoOn_ByAnFtpServerAlone(string description, bool hasTlcma, bool useTls)
    {
        Assert.NotEmpty(description);
        await using var server = await VsftpdServer.StartAsync(useTls);
        await using var domains = await TwoDomains.CreateAsync(hasTlcma, new FtpTestWay(server));
        await domains.StartAsync(hasTlcma ? ["top", "a", "b"] : ["a", "b"]);
        await AnnexC.RunAsync(domains);
        var findings = await CkiProgram.RunInsideAsync(["doctor", "--home", domains.PathOf("a")]);
        Assert.DoesNotContain("unreachable", findings.Output, StringComparison.Ordinal);
        string[] homes = [.. domains.Running];
        await domains.UntilIdleAsync(home => Directory.GetFiles(server.PathOf($"{home}/in")).Length);
        foreach (var home in homes) await domains.StopAsync(home);
        foreach (var home in homes)
        {
            Assert.Empty(Directory.GetFiles(server.PathOf($"{home}/in")));
            Assert.NotEmpty(Directory.GetFiles(server.PathOf($"{home}/done")));
        }
    }

    [Fact]
    public async Task WrongPassword_AndWrongServer_AreTold_AndNotThePassword()
    {
        await using var server = await VsftpdServer.StartAsync(useTls: true);
        using var domain = await Hosting.TestDomain.CreateAsync();
        using var folder = new TemporaryFolder();
        var (wrong, other) = (folder.WriteText("wrong", "no sesame\n"), Path.Combine(domain.Path, "authority.pem"));
        var url = $"ftps://anonymous@localhost:{server.Port}/pub/x";
        var error = await TwoDomains.Fails(5, "cma", "run", "--home", domain.Path, "--listen", "127.0.0.1:0", "--ftp", $"{url}?password-file={wrong}&ca-file={server.AuthorityFile}");
        Assert.Contains("refuses the login of anonymous", error, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", error, StringComparison.Ordinal);
        error = await TwoDomains.Fails(5, "cma", "run", "--home", domain.Path, "--listen", "127.0.0.1:0", "--ftp", $"{url}?password-file={server.PasswordFile}&ca-file={other}");
        Assert.Contains("is not the server that is expected", error, StringComparison.Ordinal);
        await TwoDomains.Fails(2, "cma", "run", "--home", domain.Path, "--listen", "127.0.0.1:0", "--ftp", $"{url}?password-file={server.PasswordFile}&ca-file={wrong}");
        await TwoDomains.Fails(2, "cma", "run", "--home", domain.Path, "--listen", "127.0.0.1:0", "--ftp", "sftp://localhost/x");
        await TwoDomains.Fails(5, "cma", "run", "--home", domain.Path, "--listen", "127.0.0.1:0", "--ftp", $"{url}?password-file={folder.PathOf("none")}&ca-file={server.AuthorityFile}");
    }
}
