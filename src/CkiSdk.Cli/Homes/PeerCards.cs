using CkiSdk.Pki.Names;

namespace CkiSdk.Cli.Homes;

/// <summary>Keeps the cards of the TLCMA and of peers in a home, a file each.</summary>
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
    public void Put(PartyCard card)
    {
        HomeFiles.Write(Path.Combine(Root, $"{HomeFiles.NameOf(card.ToName())}.json"), card.ToJson());
    }
}
