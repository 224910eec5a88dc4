using System.Collections.Concurrent;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Is what seldom changes, kept in memory until the count of its changes in the database says that some process has changed any of it.</summary>
internal sealed class KeptState(Database database, long version) : IStateView
{
    // Bounds the memory; whoever has more users than that reads some of them again.
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<(string Kind, string Name), object?> _values = new();

    /// <summary>Gets the count of changes; what is read later is at least as new.</summary>
    public long Version { get; } = version;

    /// <summary>Gets whether there is no room for more.</summary>
    public bool IsFull => _values.Count >= Most;

    /// <inheritdoc/>
    public EnrolledUser? FindUser(string canonicalName) => Get(("user", canonicalName), static (session, what) => Users.FindAsync(session, what.Name));

    /// <inheritdoc/>
    public IReadOnlyList<string> ListPrincipals(string delegateName) => Get(("principals", delegateName), static (session, what) => Users.PrincipalsAsync(session, what.Name));

    /// <inheritdoc/>
    public StoredPeer? FindPeer(string canonicalName) => Get(("peer", canonicalName), static (session, what) => Peers.FindAsync(session, what.Name));

    /// <inheritdoc/>
    public IReadOnlyList<StoredCard> ListCards() => Get(("cards", ""), static (session, _) => Peers.CardsAsync(session));

    /// <inheritdoc/>
    public IReadOnlyList<StoredAuthority> ListAuthorities() => Get(("authorities", ""), static (session, _) => Peers.AuthoritiesAsync(session));

    /// <inheritdoc/>
    public IReadOnlyList<StoredInteroperabilityKey> ListInteroperabilityKeys() => Get(("keys", ""), static (session, _) => InteroperabilityKeys.ListAsync(session));

    /// <inheritdoc/>
    public long Generation(string myReference, string canonicalName) =>
        Get(($"generation {myReference}", canonicalName), (session, what) => InteroperabilityKeys.GenerationAsync(session, myReference, what.Name));

    /// <inheritdoc/>
    public long CountsFrom => Resumed.CountsFrom;

    /// <inheritdoc/>
    public DateTimeOffset ResumedAt => Resumed.At;

    private Resumption.Resumed Resumed => Get(("resumed", ""), static (session, _) => Resumption.ReadAsync(session));

    /// <inheritdoc/>
    public RevokedUser? FindRevokedUser(string canonicalName) => Get(("revoked", canonicalName), static (session, what) => Revocations.FindUserAsync(session, what.Name));

    private T Get<T>((string Kind, string Name) what, Func<Session, (string Kind, string Name), ValueTask<T>> read)
    {
        if (_values.TryGetValue(what, out var known)) return (T)known!;

        // A view is read without waiting; the first to need something waits for the server.
        var value = database.ReadAsync(session => read(session, what), CancellationToken.None).AsTask().GetAwaiter().GetResult();
        _values[what] = value;
        return value;
    }
}
