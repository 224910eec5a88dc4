using CkiSdk.TestSupport.Mail;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows users and authorities who reach each other by mail, through real servers.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class MailTests(MailServersFixture servers) : IClassFixture<MailServersFixture>
{
    private readonly MailSystem _system = servers.System;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("all by mail, with a TLCMA", true, "top", "a", "b")]
    [InlineData("both by mail, without", false, "a", "b")]
    [InlineData("A by mail, B and the TLCMA by TCP", true, "a")]
    [InlineData("A by mail, B by TCP, without a TLCMA", false, "a")]
    public async Task TwoDomains_GoOn_ByMail_OrAByMailAndBByTcp(string description, bool hasTlcma, params string[] byMail)
    {
        Assert.NotEmpty(description);
        await using var domains = await TwoDomains.CreateAsync(hasTlcma, new MailTestWay(_system, byMail));
        await domains.StartAsync(hasTlcma ? ["top", "a", "b"] : ["a", "b"]);
        await AnnexC.RunAsync(domains);
        foreach (var home in domains.Running.ToArray()) await domains.StopAsync(home);
    }

    [Fact]
    public async Task Doctor_KnowsTheAccount_AndSaysWhatIsWrong()
    {
        var way = new MailTestWay(_system, "a");
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false, way);
        await domains.StartAsync("a");
        await domains.EnrolAsync("a1");
        Assert.Contains($"{way.AddressOf("a1")}, IMAP at localhost:{_system.Imaps}", await TwoDomains.Ok("doctor", "--home", domains.PathOf("a1")), StringComparison.Ordinal);

        var file = domains.PathOf("a1-mail.json");
        await File.WriteAllTextAsync($"{file}.secret", "wrong", Cancel);
        var (code, output, _) = await CkiProgram.RunInsideAsync(["doctor", "--home", domains.PathOf("a1")], Cancel);
        Assert.True(code == 5, output);
        Assert.Contains("does not accept the user and the password", output, StringComparison.Ordinal);
        Assert.Contains("does not accept", await TwoDomains.Fails(5, "user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("a2"), "--in", file, "--out", domains.PathOf("x")), StringComparison.Ordinal);
        await TwoDomains.Fails(5, "cma", "run", "--home", domains.PathOf("b"), "--mail", file, "--listen", "127.0.0.1:0");

        File.SetUnixFileMode($"{file}.secret", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", await TwoDomains.Fails(2, "user", "certs", "--home", domains.PathOf("a1")), StringComparison.Ordinal);
    }
}
