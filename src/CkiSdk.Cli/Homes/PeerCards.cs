using System.Security.Cryptography;
using System.Text;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Cli.Homes;

/// <summary>Keeps the cards of the TLCMA and of peers in the store, and the routes that the operator knows better; besides the own card, by which the other machines of an authority hear of its certificates.</summary>
/// <param name="store">The store.</param>
/// <param name="self">The name of the authority.</param>
internal sealed class PeerCards(ICmaStore store, DistinguishedName self)
{
    /// <summary>Lists the cards of others by name.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Invocation.CommandException">One cannot be read.</exception>
    public async Task<IReadOnlyList<KnownCard>> ListAsync(CancellationToken cancellationToken) =>
        Read(await store.ListCardsAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the cards of others among stored ones.</summary>
    /// <param name="cards">The stored ones.</param>
    /// <exception cref="Invocation.CommandException">One cannot be read.</exception>
    public IReadOnlyList<KnownCard> Read(IEnumerable<StoredCard> cards) => [.. cards.Where(card => card.CanonicalName != self.Canonical).Select(Read)];

    /// <summary>Finds the card of the TLCMA; null where there is none.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<PartyCard?> FindTlcmaAsync(CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(known => known.Card.Kind == HomeKind.Tlcma)?.Card;

    /// <summary>Finds the own card as it was last made on any machine; null where it was never changed.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<PartyCard?> FindOwnAsync(CancellationToken cancellationToken) =>
        (await store.ListCardsAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(card => card.CanonicalName == self.Canonical) is { } own ? Read(own).Card : null;

    /// <summary>Adds a card, or replaces that of the same party.</summary>
    /// <param name="card">The card.</param>
    /// <param name="route">The route by which the party is reached from here; null for the one of before, else for what the card says.</param>
    /// <param name="by">Who sent it with CRLs; null where the operator gives it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task PutAsync(PartyCard card, string? route = null, DistinguishedName? by = null, CancellationToken cancellationToken = default)
    {
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(card.ToJson())));
        var entry = new AuditEntry(TimeProvider.System.GetUtcNow(), "peer.card", by?.Canonical ?? "operator", $"{card.Name}, SHA-256 {fingerprint}{(route is null ? "" : $", by {route}")}");
        await store.CommitAsync(UnitOfWork.Of(Change(card, route), new StoreChange.Audit(entry)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the change that <see cref="PutAsync"/> writes.</summary>
    /// <param name="card">The card.</param>
    /// <param name="route">The route; null for the one of before.</param>
    public static StoreChange Change(PartyCard card, string? route) =>
        new StoreChange.PutCard(new StoredCard(card.ToName().Canonical, Encoding.UTF8.GetBytes(card.ToJson())) { Route = route });

    private static KnownCard Read(StoredCard stored)
    {
        var card = PartyCard.Parse($"the card of {stored.CanonicalName} in the store", stored.Content.ToArray());
        return new KnownCard(card, stored.Route ?? card.Address);
    }
}
