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

    /// <summary>Gets from where on everything is counted that may never return, such as generations and numbers of CRLs: 0, or, where the store was restored from a backup, what lies above all that may have been counted before.</summary>
    long CountsFrom { get; }

    /// <summary>Gets the first message time that was free when the store was restored from a backup: what was announced before lost its place in the order, as its recipients may have had later announcements; the earliest time of all where it never was.</summary>
    DateTimeOffset ResumedAt { get; }

    /// <inheritdoc cref="IRevocationStore.FindRevokedUserAsync"/>
    RevokedUser? FindRevokedUser(string canonicalName);
}
