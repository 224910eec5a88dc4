using CkiSdk.Pki.Names;

namespace CkiSdk.Cli.Homes;

/// <summary>Keeps the cards of the TLCMA and of peers in a home, a file each, and beside them the routes that the operator knows better.</summary>
/// <param name="home">The home.</param>
internal sealed class PeerCards(Home home)
{
    /// <summary>The name of the folder.</summary>
    public const string Folder = "peers";

    private string Root => home.PathOf(Folder);

    /// <summary>Gets when a card was last added or replaced.</summary>
    public DateTime ChangedAt => Directory.Exists(Root) ? Directory.GetLastWriteTimeUtc(Root) : DateTime.MinValue;

    /// <summary>Reads all cards, by name of their files.</summary>
    public IReadOnlyList<PartyCard> List() =>
        Directory.Exists(Root) ? [.. Directory.EnumerateFiles(Root, "*.json").Order(StringComparer.Ordinal).Select(file => PartyCard.Read(file))] : [];

    /// <summary>Finds the card of the TLCMA; null where there is none.</summary>
    public PartyCard? FindTlcma() => List().FirstOrDefault(card => card.Kind == HomeKind.Tlcma);

    /// <summary>Finds the card of a party; null where there is none.</summary>
    /// <param name="name">Its name.</param>
    public PartyCard? Find(DistinguishedName name) => List().FirstOrDefault(card => card.ToName().Equals(name));

    /// <summary>Adds a card, or replaces that of the same party.</summary>
    /// <param name="card">The card.</param>
    /// <param name="route">The route by which the party is reached from here; null for the one of before, else for what the card says.</param>
    public void Put(PartyCard card, string? route = null)
    {
        if (route is not null)
        {
            HomeFiles.Write(PathOf(card, "route"), route + "\n");
        }

        HomeFiles.Write(PathOf(card, "json"), card.ToJson());
    }

    /// <summary>Tells the route by which a party is reached from here.</summary>
    /// <param name="card">Its card.</param>
    public string RouteTo(PartyCard card)
    {
        var own = PathOf(card, "route");
        return File.Exists(own) ? File.ReadAllText(own).Trim() : card.Address;
    }

    private string PathOf(PartyCard card, string ending) => Path.Combine(Root, $"{HomeFiles.NameOf(card.ToName())}.{ending}");
}
