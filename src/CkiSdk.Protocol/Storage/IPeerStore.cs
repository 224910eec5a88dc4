namespace CkiSdk.Protocol.Storage;

/// <summary>Keeps the parties that this authority deals with, their cards, and the CMA certificates that it has accepted.</summary>
public interface IPeerStore
{
    /// <summary>Finds a party; null where it is not configured.</summary>
    /// <param name="canonicalName">Its name in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<StoredPeer?> FindPeerAsync(string canonicalName, CancellationToken cancellationToken = default);

    /// <summary>Lists all parties by name.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<StoredPeer>> ListPeersAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the cards of parties by name.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<StoredCard>> ListCardsAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists all accepted CMA certificates, the first accepted first.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<StoredAuthority>> ListAuthoritiesAsync(CancellationToken cancellationToken = default);
}
