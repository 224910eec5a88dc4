namespace CkiSdk.Protocol.Storage;

/// <summary>Is what seldom changes and every message needs, as it was at a moment or after it; a store may keep it in memory. The methods are those of the store.</summary>
public interface IStateView
{
    /// <inheritdoc cref="IUserStore.FindUserAsync"/>
    EnrolledUser? FindUser(string canonicalName);

    /// <inheritdoc cref="IUserStore.ListPrincipalsAsync"/>
    IReadOnlyList<string> ListPrincipals(string delegateName);

    /// <inheritdoc cref="IPeerStore.FindPeerAsync"/>
    StoredPeer? FindPeer(string canonicalName);

    /// <inheritdoc cref="IPeerStore.ListCardsAsync"/>
    IReadOnlyList<StoredCard> ListCards();

    /// <inheritdoc cref="IPeerStore.ListAuthoritiesAsync"/>
    IReadOnlyList<StoredAuthority> ListAuthorities();

    /// <inheritdoc cref="IKeyStore.ListInteroperabilityKeysAsync"/>
    IReadOnlyList<StoredInteroperabilityKey> ListInteroperabilityKeys();

    /// <inheritdoc cref="IKeyStore.GenerationAsync"/>
    long Generation(string myReference, string canonicalName);

    /// <inheritdoc cref="IRevocationStore.FindRevokedUserAsync"/>
    RevokedUser? FindRevokedUser(string canonicalName);
}
