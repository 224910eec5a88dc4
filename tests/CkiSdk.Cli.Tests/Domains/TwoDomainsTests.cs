namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Runs two domains by the commands of operators and users: from nothing to a sealed file, to its revoked recipient, and back.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TwoDomainsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task File_Goes_FromDomainToDomain(bool hasTlcma)
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma);
        await domains.StartAsync(hasTlcma ? ["top", "a", "b"] : ["a", "b"]);
        await AnnexC.RunAsync(domains);
        foreach (var home in domains.Running.ToArray()) await domains.StopAsync(home);
    }
}
