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
        await using var domains = await TwoDomains.CreateAsync(hasTlcma, new OverHttp());
        await domains.StartAsync(hasTlcma ? ["top", "a", "b"] : ["a", "b"]);
        await AnnexC.RunAsync(domains);
        await TwoDomains.Ok("doctor", "--home", domains.PathOf("a"));
        foreach (var home in domains.Running.ToArray()) await domains.StopAsync(home);
    }

    private sealed class OverHttp : TestWay
    {
        private readonly Dictionary<string, string> _places = [];

        public override string RouteTo(TwoDomains domains, string authority) => $"https://{PlaceOf(authority)}";

        public override string[] Serve(TwoDomains domains, string authority) => ["--http", PlaceOf(authority)];

        private string PlaceOf(string authority)
        {
            if (!_places.TryGetValue(authority, out var place)) _places[authority] = place = TwoDomains.FreePort();
            return place;
        }
    }
}
