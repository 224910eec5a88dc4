namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Lets all messages go over HTTP: each authority listens at a port of its own.</summary>
internal sealed class HttpTestWay : TestWay
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
