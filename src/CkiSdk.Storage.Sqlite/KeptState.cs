using System.Collections.Concurrent;
using CkiSdk.Protocol.Storage;
using Microsoft.Data.Sqlite;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Is what seldom changes, kept in memory until the count of its changes in the file says that some process has changed any of it.</summary>
internal sealed class KeptState(SessionPool readers, string path, long version) : IStateView
{
    // Bounds the memory; whoever has more users than that reads some of them again.
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<(string Kind, string Name), object?> _values = new();

    /// <summary>Reads the count of changes and returns the state if it is still good, else a new one. What a state reads later is at least as new as its count.</summary>
    public static KeptState Current(KeptState? last, SessionPool watchers, SessionPool readers, string path)
    {
        var version = watchers.Read(static session => (long)session.Scalar("SELECT version FROM state_version")!);
        return last is not null && last.Version == version && last._values.Count < Most ? last : new KeptState(readers, path, version);
    }

    /// <summary>Gets the count of changes.</summary>
    public long Version { get; } = version;

    /// <inheritdoc/>
    public EnrolledUser? FindUser(string canonicalName) => Get(("user", canonicalName), static (session, what) => Users.Find(session, what.Name));

    /// <inheritdoc/>
    public IReadOnlyList<string> ListPrincipals(string delegateName) => Get(("principals", delegateName), static (session, what) => Users.Principals(session, what.Name))!;

    /// <inheritdoc/>
    public StoredPeer? FindPeer(string canonicalName) => Get(("peer", canonicalName), static (session, what) => Peers.Find(session, what.Name));

    /// <inheritdoc/>
    public IReadOnlyList<StoredAuthority> ListAuthorities() => Get(("authorities", ""), static (session, _) => Peers.Authorities(session))!;

    /// <inheritdoc/>
    public IReadOnlyList<StoredInteroperabilityKey> ListInteroperabilityKeys() => Get(("keys", ""), static (session, _) => InteroperabilityKeys.List(session))!;

    /// <inheritdoc/>
    public long Generation(string myReference, string canonicalName) =>
        (long)Get((myReference, canonicalName), static (session, what) => (object)InteroperabilityKeys.Generation(session, what.Kind, what.Name))!;

    /// <inheritdoc/>
    public RevokedUser? FindRevokedUser(string canonicalName) => Get(("revoked", canonicalName), static (session, what) => Revocations.FindUser(session, what.Name));

    private T? Get<T>((string Kind, string Name) what, Func<SqliteSession, (string Kind, string Name), T?> read)
        where T : class
    {
        if (_values.TryGetValue(what, out var known)) return (T?)known;
        try
        {
            return (T?)(_values[what] = readers.Read(session => read(session, what)));
        }
        catch (SqliteException exception)
        {
            throw StoreErrors.Translate(path, exception);
        }
    }
}
