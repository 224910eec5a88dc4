namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows users and authorities who reach each other over HTTP alone.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class HttpTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TwoDomains_GoOn_OverHttpAlone(bool hasTlcma)
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma, new HttpTestWay());
        await domains.StartAsync(hasTlcma ? ["top", "a", "b"] : ["a", "b"]);
        await AnnexC.RunAsync(domains);
        await TwoDomains.Ok("doctor", "--home", domains.PathOf("a"));
        foreach (var home in domains.Running.ToArray()) await domains.StopAsync(home);
    }
}
