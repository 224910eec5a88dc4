using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Keeps an authority's records in a PostgreSQL database (15 or later), on which several processes of the authority, on several machines, serve together.</summary>
/// <remarks>
/// Calls that write are gathered into transactions, and each returns after the transaction that it is in has reached the server's disk (<c>synchronous_commit</c>
/// is never off here; the server's <c>fsync</c> must be on). They can be cancelled until a transaction has taken them up. A lost connection is made anew, and
/// calls wait a while for the server. Each call throws <see cref="CmaStoreException"/> when that takes too long or the server fails, and
/// <see cref="ObjectDisposedException"/> after the store was closed.
/// </remarks>
public sealed class PostgreSqlCmaStore : ICmaStore
{
    // Shorter than clients wait for an answer, longer than a server takes to start again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // Nobody is served yet: who starts this hears soon what is wrong.
    private static readonly TimeSpan PatienceAtStart = TimeSpan.FromSeconds(2);

    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly StateWatch _watch;
    private readonly Guid _id = Guid.NewGuid();

    private PostgreSqlCmaStore(Database database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        _watch = new StateWatch(database);
        Writer = new GroupWriter(database, _id);
    }

    /// <summary>Gets what writes; tests look into it.</summary>
    internal GroupWriter Writer { get; }

    /// <summary>Opens a store; makes the tables in an empty database and migrates older ones, while other processes that open it wait.</summary>
    /// <param name="connectionString">Where the database is, as Npgsql writes it: <c>Host=…;Port=…;Database=…;Username=…;Password=…</c>; <c>Search Path</c> chooses the schema.</param>
    /// <param name="time">The clock; it dates records for people and decides nothing.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    /// <exception cref="CmaStoreException">The server cannot be reached or refuses the user, or the database is no store of this version; it is left as it is.</exception>
    public static Task<PostgreSqlCmaStore> OpenAsync(string connectionString, TimeProvider time, CancellationToken cancellationToken = default) =>
        OpenAsync(connectionString, time, Migration.All, Patience, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A wrapped key does not have the 40 octets of one.</exception>
    public ValueTask<StoredAnswer?> CommitAsync(UnitOfWork work, CancellationToken cancellationToken = default)
    {
        // The work is written later: the octets must be the store's own.
        var copy = OwnedOctets.Of(work);
        return Write((session, audit) => Changes.CommitAsync(session, audit, copy, _time.GetUtcNow()), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IStateView> StateAsync(CancellationToken cancellationToken = default) => await CurrentAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<EnrolledUser?> FindUserAsync(string canonicalName, CancellationToken cancellationToken = default) =>
        ReadState(state => state.FindUser(canonicalName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EnrolledUser>> ListUsersAsync(CancellationToken cancellationToken = default) =>
        _database.ReadAsync(Users.ListAsync, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListPrincipalsAsync(string delegateName, CancellationToken cancellationToken = default) =>
        ReadState(state => state.ListPrincipals(delegateName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListCorrespondentsAsync(string cma, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Users.CorrespondentsAsync(session, cma), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> CountNamesAsync(string namedBy, DateTimeOffset since, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Users.CountNamesAsync(session, namedBy, since), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> FindNamesAsync(IReadOnlyList<string> canonicalNames, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Users.FindNamesAsync(session, canonicalNames), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredInteroperabilityKey>> ListInteroperabilityKeysAsync(CancellationToken cancellationToken = default) =>
        ReadState(state => state.ListInteroperabilityKeys(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> GenerationAsync(string myReference, string canonicalName, CancellationToken cancellationToken = default) =>
        ReadState(state => state.Generation(myReference, canonicalName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PairKey>> ListPairKeysAsync(string cma, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => InteroperabilityKeys.PairsAsync(session, cma), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredDomainKey>> ListDomainKeysAsync(CancellationToken cancellationToken = default) =>
        _database.ReadAsync(InteroperabilityKeys.DomainKeysAsync, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredAnswer?> FindAnswerAsync(TransactionKey transaction, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Answers.FindAsync(session, transaction), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PendingRequest>> ListPendingRequestsAsync(CancellationToken cancellationToken = default) =>
        _database.ReadAsync(Answers.PendingAsync, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> TurnAsync(CancellationToken cancellationToken = default) => _database.ReadAsync(Turns.ReadAsync, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset> ReserveMessageTimesAsync(DateTimeOffset notBefore, TimeSpan length, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        return Write((session, _) => MessageTimes.ReserveAsync(session, notBefore, length), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryTakeTokenAsync(string signer, string random, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        Write((session, _) => Answers.TryTakeTokenAsync(session, signer, random, until, now), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReserveSerialsAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> serials, TransactionKey transaction, CancellationToken cancellationToken = default)
    {
        var copies = serials.Select(serial => serial.ToArray()).ToArray();
        return Write((session, _) => Certificates.ReserveAsync(session, copies, transaction, _time.GetUtcNow()), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IssuedCertificate?> FindCertificateAsync(ReadOnlyMemory<byte> serial, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Certificates.FindAsync(session, serial.ToArray()), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IssuedCertificate>> ListCertificatesAsync(string subject, string usage, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Certificates.ListAsync(session, subject, usage, now), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IssuedCertificate>> ListAllCertificatesAsync(string subject, string usage, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Certificates.ListAllAsync(session, subject, usage), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IssuedCertificate>> ListEndingAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Certificates.EndingAsync(session, now, until), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RevokedUser?> FindRevokedUserAsync(string canonicalName, CancellationToken cancellationToken = default) =>
        ReadState(state => state.FindRevokedUser(canonicalName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RevokedList?> FindRevokedListAsync(string source, string domain, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Revocations.FindListAsync(session, source, domain), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RevokedUser>> ListRevokedUsersAsync(string domain, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Revocations.UsersAsync(session, domain), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RevokedCertificate>> ListRevokedCertificatesAsync(DateTimeOffset now, DateTimeOffset sendSince, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Revocations.CertificatesAsync(session, now, sendSince), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredCrl>> ListCrlsAsync(CancellationToken cancellationToken = default) =>
        _database.ReadAsync(Revocations.CrlsAsync, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RevokedAuthorityKey?> FindRevokedAuthorityKeyAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Revocations.FindKeyAsync(session, sha256), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredAnnouncement?> PeekAnnouncementAsync(string recipient, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Announcements.OldestAsync(session, recipient), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAnnouncement>> ListAnnouncementsAsync(string recipient, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Announcements.ListAsync(session, recipient), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RemoveAnnouncementAsync(string recipient, long number, CancellationToken cancellationToken = default) =>
        await Write((session, _) => Announcements.RemoveAsync(session, recipient, number), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListRecipientsAsync(CancellationToken cancellationToken = default) =>
        _database.ReadAsync(Announcements.RecipientsAsync, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryTakeDeliveryAsync(string recipient, TimeSpan duration, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Announcements.TryTakeDeliveryAsync(session, recipient, _id, duration), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask EndDeliveryAsync(string recipient, CancellationToken cancellationToken = default) =>
        await _database.ReadAsync(session => Announcements.EndDeliveryAsync(session, recipient, _id), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<StoredPeer?> FindPeerAsync(string canonicalName, CancellationToken cancellationToken = default) =>
        ReadState(state => state.FindPeer(canonicalName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredPeer>> ListPeersAsync(CancellationToken cancellationToken = default) =>
        _database.ReadAsync(Peers.ListAsync, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredCard>> ListCardsAsync(CancellationToken cancellationToken = default) =>
        ReadState(state => state.ListCards(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAuthority>> ListAuthoritiesAsync(CancellationToken cancellationToken = default) =>
        ReadState(state => state.ListAuthorities(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecoveryCase>> ListRecoveryCasesAsync(CancellationToken cancellationToken = default) =>
        _database.ReadAsync(Recoveries.ListAsync, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListHoldersAsync(ReadOnlyMemory<byte> serial, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => Certificates.HoldersAsync(session, serial.ToArray()), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AuditLog> ReadAuditAsync(CancellationToken cancellationToken = default) => _database.ReadAsync(static session => AuditTrail.ReadAsync(session, 0, most: null), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AuditLog> ReadAuditPartAsync(long after, int most, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => AuditTrail.ReadAsync(session, after, most), cancellationToken);

    /// <summary>Finishes what was begun and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync().ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Opens a store with a schema of other steps, or with another patience.</summary>
    internal static async Task<PostgreSqlCmaStore> OpenAsync(
        string connectionString, TimeProvider time, IReadOnlyList<Migration> migrations, TimeSpan patience, CancellationToken cancellationToken)
    {
        var database = new Database(connectionString, patience < PatienceAtStart ? patience : PatienceAtStart);
        try
        {
            await database.ReadAsync(session => Schema.PrepareAsync(session, database.Name, migrations), cancellationToken).ConfigureAwait(false);
            database.Patience = patience;
            return new PostgreSqlCmaStore(database, time);
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<KeptState> CurrentAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await _watch.CurrentAsync(cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<T> Write<T>(Func<Session, AuditTrail, ValueTask<T>> body, CancellationToken cancellationToken) => new(Writer.WriteAsync(body, cancellationToken));

    private async ValueTask<T> ReadState<T>(Func<KeptState, T> body, CancellationToken cancellationToken) => body(await CurrentAsync(cancellationToken).ConfigureAwait(false));
}
