using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Is what seldom changes, kept in memory until the count of its changes in the file says that some process has changed any of it.</summary>
internal sealed class KeptState : IStateView
{
    // Bounds the memory; whoever has more users than that reads some of them again.
    private const int Most = 20_000;

    // Of what is true of few names only, such as that they are revoked, all of it is read at once, so that nothing is read for the others; where it is not that few, each is read by itself.
    private const int MostOfFew = 2_000;

    private readonly KeptReader _reader;
    private readonly KeptValues<EnrolledUser?> _users;
    private readonly KeptValues<IReadOnlyList<string>> _principals;
    private readonly KeptValues<StoredPeer?> _peers;
    private readonly KeptValues<RevokedUser?> _revoked;
    private readonly KeptValues<long> _generations;
    private readonly Lazy<IReadOnlyList<StoredCard>> _cards;
    private readonly Lazy<IReadOnlyList<StoredAuthority>> _authorities;
    private readonly Lazy<IReadOnlyList<StoredInteroperabilityKey>> _keys;
    private readonly Lazy<Resumption.Resumed> _resumed;
    private readonly Lazy<Dictionary<string, RevokedUser>?> _fewRevoked;
    private readonly Lazy<Dictionary<(string, string), long>?> _fewGenerations;

    /// <summary>Makes a state that has read nothing yet. What it reads later is at least as new as its count.</summary>
    public KeptState(SessionPool readers, string path, long version)
    {
        Version = version;
        _reader = new KeptReader(readers, path);
        _users = new(_reader, Users.Find);
        _principals = new(_reader, Users.Principals);
        _peers = new(_reader, Peers.Find);
        _revoked = new(_reader, Revocations.FindUser);
        _generations = new(_reader, static (session, name) => InteroperabilityKeys.Generation(session, name[..name.IndexOf('\0')], name[(name.IndexOf('\0') + 1)..]));
        _cards = new(() => _reader.Read(Peers.Cards), LazyThreadSafetyMode.PublicationOnly);
        _authorities = new(() => _reader.Read(Peers.Authorities), LazyThreadSafetyMode.PublicationOnly);
        _keys = new(() => _reader.Read(InteroperabilityKeys.List), LazyThreadSafetyMode.PublicationOnly);
        _resumed = new(() => _reader.Read(Resumption.Read), LazyThreadSafetyMode.PublicationOnly);
        _fewRevoked = new(() => _reader.Read(static session => Revocations.AllUsers(session, MostOfFew)), LazyThreadSafetyMode.PublicationOnly);
        _fewGenerations = new(() => _reader.Read(static session => InteroperabilityKeys.Generations(session, MostOfFew)), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Gets the count of changes.</summary>
    public long Version { get; }

    /// <summary>Gets whether there is room for more.</summary>
    public bool HasRoom => _reader.Count < Most;

    /// <inheritdoc/>
    public EnrolledUser? FindUser(string canonicalName) => _users.Get(canonicalName);

    /// <inheritdoc/>
    public IReadOnlyList<string> ListPrincipals(string delegateName) => _principals.Get(delegateName);

    /// <inheritdoc/>
    public StoredPeer? FindPeer(string canonicalName) => _peers.Get(canonicalName);

    /// <inheritdoc/>
    public IReadOnlyList<StoredCard> ListCards() => _cards.Value;

    /// <inheritdoc/>
    public IReadOnlyList<StoredAuthority> ListAuthorities() => _authorities.Value;

    /// <inheritdoc/>
    public IReadOnlyList<StoredInteroperabilityKey> ListInteroperabilityKeys() => _keys.Value;

    /// <inheritdoc/>
    public long Generation(string myReference, string canonicalName) => _fewGenerations.Value is { } few
        ? few.GetValueOrDefault((myReference, canonicalName))
        : _generations.Get($"{myReference}\0{canonicalName}");

    /// <inheritdoc/>
    public long CountsFrom => _resumed.Value.CountsFrom;

    /// <inheritdoc/>
    public DateTimeOffset ResumedAt => _resumed.Value.At;

    /// <inheritdoc/>
    public RevokedUser? FindRevokedUser(string canonicalName) => _fewRevoked.Value is { } few ? few.GetValueOrDefault(canonicalName) : _revoked.Get(canonicalName);
}
