using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage;

/// <summary>Shows the part of a state in memory that seldom changes.</summary>
internal sealed class MemoryStateView(MemoryState state) : IStateView
{
    /// <inheritdoc/>
    public EnrolledUser? FindUser(string canonicalName) =>
        state.Users.TryGetValue(canonicalName, out var user) ? user with { IsRevoked = state.FindRevokedUser(canonicalName) is not null } : null;

    /// <inheritdoc/>
    public IReadOnlyList<string> ListPrincipals(string delegateName) =>
        [.. state.Delegates.Where(pair => pair.Delegate == delegateName).Select(pair => pair.User).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public StoredPeer? FindPeer(string canonicalName) => state.Peers.GetValueOrDefault(canonicalName);

    /// <inheritdoc/>
    public IReadOnlyList<StoredCard> ListCards() => [.. state.Cards.Values];

    /// <inheritdoc/>
    public IReadOnlyList<StoredAuthority> ListAuthorities() => state.Authorities;

    /// <inheritdoc/>
    public IReadOnlyList<StoredInteroperabilityKey> ListInteroperabilityKeys() => [.. state.Keys.OrderBy(key => key.NotBefore)];

    /// <inheritdoc/>
    public long Generation(string myReference, string canonicalName) => state.Generations.GetValueOrDefault((myReference, canonicalName));

    /// <inheritdoc/>
    public long CountsFrom => state.CountsFrom;

    /// <inheritdoc/>
    public DateTimeOffset ResumedAt => state.ResumedAt;

    /// <inheritdoc/>
    public RevokedUser? FindRevokedUser(string canonicalName) => state.FindRevokedUser(canonicalName);
}
