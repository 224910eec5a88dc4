using CkiSdk.Cli.Homes;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows when a running CMA asks for keys by itself, and that the operator gets another one when he asks for it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KeyRequestsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // No key lasts longer than the certificate of the CMA, so that a better one is not to be had in its last weeks.
    [Fact]
    public async Task ACma_WhoseCertificateEndsSoon_MakesNoKeyAfterAnother()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false, areIntroduced: false);
        await ShortenAsync(domains.PathOf("a"), TimeProvider.System.GetUtcNow().AddDays(30));
        await domains.IntroduceAsync("a", "b");
        await domains.IntroduceAsync("b", "a");
        await domains.StartAsync("a", "b");
        await domains.KeysAsync();
        await Task.Delay(TimeSpan.FromSeconds(12), Cancel); // time for half a dozen rounds of each
        Assert.InRange((await WithAsync(domains, "a")).Count, 1, 4); // each side may have asked, and once more when the other had a better domain key
        Assert.InRange((await DomainKeysAsync(domains, "a")).Count, 1, 2);
        Assert.InRange((await DomainKeysAsync(domains, "b")).Count, 1, 2);
    }

    [Fact]
    public async Task PeerExchange_GetsAnotherKey_AlsoOfTheTlcma()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: true);
        await domains.StartAsync("top", "a", "b");
        await domains.KeysAsync();
        var before = await WithAsync(domains, "a");
        await TwoDomains.Ok("cma", "peer", "exchange", "--home", domains.PathOf("a"), "--cma", "CN=CMA B,O=Domain B,C=GB");
        var after = await WithAsync(domains, "a");
        Assert.Equal(before.Count + 1, after.Count);
        Assert.True(after.Max(key => key.NotBefore) > before.Max(key => key.NotBefore));
    }

    [Fact]
    public async Task ARequestToAPeer_WhoDoesNotAnswer_HoldsUpNoRequestToTheTlcma()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: true);
        await TwoDomains.Fails(5, "cma", "peer", "exchange", "--home", domains.PathOf("a"), "--cma", "CN=CMA B,O=Domain B,C=GB", "--via", "peer");
        await domains.StartAsync("top", "a");
        await TwoDomains.UntilAsync("a key of the own domain", async () => (await Holdings.KeysAsync(domains, "a")).Any(key => key.Stored.ExternalCma is null));
        await domains.EnrolAsync("a1");
    }

    [Fact]
    public async Task APeer_IsTakenOff_AndComesBackByItsCardAlone()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        await domains.StartAsync("a", "b");
        await domains.KeysAsync();
        await domains.EnrolAsync("a1");
        await domains.EnrolAsync("b1");
        string[] remove = ["cma", "peer", "remove", "--home", domains.PathOf("a"), "--cma", "CN=CMA B,O=Domain B,C=GB"];
        Assert.Equal("removed", (await TwoDomains.Json(remove)).GetProperty("state").GetString());
        await TwoDomains.Fails(7, remove);
        Assert.Empty((await TwoDomains.Json("cma", "peer", "list", "--home", domains.PathOf("a"))).GetProperty("peers").EnumerateArray());
        var plain = domains.PathOf("plain");
        await File.WriteAllTextAsync(plain, "to B1", Cancel);
        string[] seal = ["user", "seal", "--home", domains.PathOf("a1"), "--to", TwoDomains.NameOf("b1"), "--in", plain, "--out", domains.PathOf("x.cki")];
        Assert.Contains("is in no domain that this CMA knows", await TwoDomains.Fails(3, seal), StringComparison.Ordinal);

        await domains.IntroduceAsync("a", "b");
        await domains.KeysAsync();
        await TwoDomains.Ok(seal);
        await TwoDomains.Ok("user", "open", "--home", domains.PathOf("b1"), "--in", domains.PathOf("x.cki"), "--out", domains.PathOf("opened"));
    }

    private static async Task<IReadOnlyList<StoredInteroperabilityKey>> WithAsync(TwoDomains domains, string home) =>
        [.. (await Holdings.KeysAsync(domains, home)).Select(key => key.Stored).Where(key => key.ExternalCma is not null)];

    private static async Task<IReadOnlyList<StoredDomainKey>> DomainKeysAsync(TwoDomains domains, string home)
    {
        await using var store = await CkiSdk.Storage.Sqlite.SqliteCmaStore.OpenAsync(Path.Combine(domains.PathOf(home), "store.sqlite"), TimeProvider.System, Cancel);
        return await store.ListDomainKeysAsync(Cancel);
    }

    // As if the CMA had been made long ago.
    private static async Task ShortenAsync(string path, DateTimeOffset end)
    {
        var home = Home.Open(path, HomeKind.Cma);
        var now = TimeProvider.System.GetUtcNow();
        using var identity = await AuthorityIdentity.ReadAsync(home, CryptoProviders.Software, now, Cancel);
        var template = CertificateProfiles.Cma(home.Name, identity.SigningKey.SubjectPublicKeyInfo, now.AddDays(-30), end, DomainRule.Of(identity.Certificate));
        var certificate = await CertificateSigner.SignAsync(template, null, identity.SigningKey, identity.SigningKey.Algorithms[0], SerialNumbers.Random(CryptoProviders.Software.Random), Cancel);
        home.Write("cma", certificate);
        AuthorityHome.WriteCard(home, AuthorityHome.MakeCard(home, AuthorityHome.AddressOf(home), certificate, tlcma: null));
    }
}
