using CkiSdk.Protocol.Storage;
using Microsoft.Data.Sqlite;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Keeps a CMA's records in one SQLite file; several processes may have it open.</summary>
/// <remarks>
/// Calls that write are gathered into transactions, and each returns after the transaction that it is in has reached the disk (write-ahead
/// logging, synchronous FULL). They can be cancelled until a transaction has taken them up. Each call throws <see cref="CmaStoreException"/>
/// when the file fails, and <see cref="ObjectDisposedException"/> after the store was closed.
/// </remarks>
public sealed class SqliteCmaStore : ICmaStore
{
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly SessionPool _readers;

    private readonly StateWatch _state;
    private readonly GroupCommitWriter _writer;

    private SqliteCmaStore(string path, TimeProvider time, SqliteSession session)
    {
        _path = path;
        _time = time;
        _readers = new SessionPool(path);
        _state = new StateWatch(_readers, path);
        _writer = new GroupCommitWriter(session, path);
    }

    /// <summary>Opens a store; makes the file, which only its owner may read, where there is none, and migrates the schema of an older one.</summary>
    /// <param name="path">The path of the file; its folder must exist.</param>
    /// <param name="time">The clock; it dates records for people and decides nothing.</param>
    /// <param name="cancellationToken">Cancels the call before it has begun.</param>
    /// <exception cref="CmaStoreException">The file cannot be made or written, is damaged, or is no store of this version; it is left as it is.</exception>
    public static Task<SqliteCmaStore> OpenAsync(string path, TimeProvider time, CancellationToken cancellationToken = default) =>
        OpenAsync(path, time, Migration.All, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A wrapped key does not have the 40 octets of one.</exception>
    public ValueTask<StoredAnswer?> CommitAsync(UnitOfWork work, CancellationToken cancellationToken = default)
    {
        // The work is written later, on another thread: the octets must be the store's own, or final.
        var body = work.Answer is { } answer ? AnswerBody.Of(answer.Body.Span, work.Changes) : default;
        var copy = OwnedOctets.Of(work);
        return Write(session => Changes.Commit(session, copy, body, _time.GetUtcNow()), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IStateView> StateAsync(CancellationToken cancellationToken = default) => Read(this, static IStateView (store) => store._state.Current(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<EnrolledUser?> FindUserAsync(string canonicalName, CancellationToken cancellationToken = default) =>
        ReadState(state => state.FindUser(canonicalName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EnrolledUser>> ListUsersAsync(CancellationToken cancellationToken = default) =>
        Read(Users.List, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListPrincipalsAsync(string delegateName, CancellationToken cancellationToken = default) =>
        ReadState(state => state.ListPrincipals(delegateName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListCorrespondentsAsync(string cma, CancellationToken cancellationToken = default) =>
        Read(session => Users.Correspondents(session, cma), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> CountNamesAsync(string namedBy, DateTimeOffset since, CancellationToken cancellationToken = default) =>
        Read(session => Users.CountNames(session, namedBy, since), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> FindNamesAsync(IReadOnlyList<string> canonicalNames, CancellationToken cancellationToken = default) =>
        Read(session => Users.FindNames(session, canonicalNames), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredInteroperabilityKey>> ListInteroperabilityKeysAsync(CancellationToken cancellationToken = default) =>
        ReadState(state => state.ListInteroperabilityKeys(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> GenerationAsync(string myReference, string canonicalName, CancellationToken cancellationToken = default) =>
        ReadState(state => state.Generation(myReference, canonicalName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PairKey>> ListPairKeysAsync(string cma, CancellationToken cancellationToken = default) =>
        Read(session => InteroperabilityKeys.Pairs(session, cma), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredDomainKey>> ListDomainKeysAsync(CancellationToken cancellationToken = default) =>
        Read(InteroperabilityKeys.DomainKeys, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredAnswer?> FindAnswerAsync(TransactionKey transaction, CancellationToken cancellationToken = default) =>
        Read(session => Answers.Find(session, transaction), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PendingRequest>> ListPendingRequestsAsync(CancellationToken cancellationToken = default) =>
        Read(Answers.Pending, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> TurnAsync(CancellationToken cancellationToken = default) => Read(Turns.Read, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset> ReserveMessageTimesAsync(DateTimeOffset notBefore, TimeSpan length, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        return Write(session => MessageTimes.Reserve(session, notBefore, length), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryTakeTokenAsync(string signer, string random, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        Write(session => Answers.TryTakeToken(session, signer, random, until, now), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReserveSerialsAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> serials, TransactionKey transaction, CancellationToken cancellationToken = default)
    {
        var copies = serials.Select(serial => serial.ToArray()).ToArray();
        return Write(session => Serials.Reserve(session, copies, transaction, _time.GetUtcNow()), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IssuedCertificate?> FindCertificateAsync(ReadOnlyMemory<byte> serial, CancellationToken cancellationToken = default) =>
        Read(session => Certificates.Find(session, serial.ToArray()), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IssuedCertificate>> ListCertificatesAsync(string subject, string usage, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        Read(session => Certificates.List(session, subject, usage, now), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IssuedCertificate>> ListAllCertificatesAsync(string subject, string usage, CancellationToken cancellationToken = default) =>
        Read(session => Certificates.ListAll(session, subject, usage), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IssuedCertificate>> ListEndingAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        Read(session => Certificates.Ending(session, now, until), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RevokedUser?> FindRevokedUserAsync(string canonicalName, CancellationToken cancellationToken = default) =>
        ReadState(state => state.FindRevokedUser(canonicalName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RevokedList?> FindRevokedListAsync(string source, string domain, CancellationToken cancellationToken = default) =>
        Read(session => Revocations.FindList(session, source, domain), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RevokedUser>> ListRevokedUsersAsync(string domain, CancellationToken cancellationToken = default) =>
        Read(session => Revocations.Users(session, domain), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RevokedCertificate>> ListRevokedCertificatesAsync(DateTimeOffset now, DateTimeOffset sendSince, CancellationToken cancellationToken = default) =>
        Read(session => Revocations.Certificates(session, now, sendSince), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredCrl>> ListCrlsAsync(CancellationToken cancellationToken = default) =>
        Read(Revocations.Crls, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RevokedAuthorityKey?> FindRevokedAuthorityKeyAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken = default) =>
        Read(session => Revocations.FindKey(session, sha256.ToArray()), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredAnnouncement?> PeekAnnouncementAsync(string recipient, CancellationToken cancellationToken = default) =>
        Read(session => Announcements.Oldest(session, recipient), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAnnouncement>> ListAnnouncementsAsync(string recipient, CancellationToken cancellationToken = default) =>
        Read(session => Announcements.List(session, recipient), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RemoveAnnouncementAsync(string recipient, long number, CancellationToken cancellationToken = default) =>
        await Write(session => Announcements.Remove(session, recipient, number), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListRecipientsAsync(CancellationToken cancellationToken = default) =>
        Read(Announcements.Recipients, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredPeer?> FindPeerAsync(string canonicalName, CancellationToken cancellationToken = default) =>
        ReadState(state => state.FindPeer(canonicalName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredPeer>> ListPeersAsync(CancellationToken cancellationToken = default) =>
        Read(Peers.List, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredCard>> ListCardsAsync(CancellationToken cancellationToken = default) =>
        ReadState(state => state.ListCards(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAuthority>> ListAuthoritiesAsync(CancellationToken cancellationToken = default) =>
        ReadState(state => state.ListAuthorities(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecoveryCase>> ListRecoveryCasesAsync(CancellationToken cancellationToken = default) =>
        Read(Recoveries.List, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListHoldersAsync(ReadOnlyMemory<byte> serial, CancellationToken cancellationToken = default) =>
        Read(session => Certificates.Holders(session, serial.ToArray()), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AuditLog> ReadAuditAsync(CancellationToken cancellationToken = default) => Read(AuditTrail.Read, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AuditLog> ReadAuditPartAsync(long after, int most, CancellationToken cancellationToken = default) =>
        Read(session => AuditTrail.Read(session, after, most), cancellationToken);

    /// <summary>Finishes what was begun, brings the write-ahead log into the file and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        // The last connection of all processes to close does the checkpoint; the writer's is this store's last.
        _readers.Dispose();
        _state.Dispose();
        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Opens a store with a schema of other steps.</summary>
    internal static async Task<SqliteCmaStore> OpenAsync(
        string path, TimeProvider time, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        var fullPath = Path.GetFullPath(path);
        return await Task.Run(() => Open(fullPath, time, migrations), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs one statement on the session that writes; only tests do.</summary>
    internal async ValueTask<object?> QueryAsync(string sql) => await Write(session => session.Scalar(sql), CancellationToken.None).ConfigureAwait(false);

    private static SqliteCmaStore Open(string path, TimeProvider time, IReadOnlyList<Migration> migrations)
    {
        var session = OpenSession(path, migrations);
        try
        {
            return new SqliteCmaStore(path, time, session);
        }
        catch (SqliteException failure)
        {
            session.Dispose();
            throw StoreErrors.Translate(path, failure);
        }
    }

    private static SqliteSession OpenSession(string path, IReadOnlyList<Migration> migrations)
    {
        SqliteSession? session = null;
        try
        {
            StoreFile.CreateIfMissing(path);
            session = new SqliteSession(path);
            StoreFile.Prepare(session, path, migrations);
            return session;
        }
        catch (Exception exception)
        {
            session?.Dispose();
            if (exception is SqliteException failure) throw StoreErrors.Translate(path, failure);
            throw;
        }
    }

    private ValueTask<T> Write<T>(Func<SqliteSession, T> body, CancellationToken cancellationToken) =>
        new(_writer.WriteAsync(body, cancellationToken));

    private ValueTask<T> Read<T>(Func<SqliteSession, T> body, CancellationToken cancellationToken) =>
        Read((_readers, body), static state => state._readers.Read(state.body), cancellationToken);

    private ValueTask<T> ReadState<T>(Func<IStateView, T> body, CancellationToken cancellationToken) =>
        Read((this, body), static state => state.body(state.Item1._state.Current()), cancellationToken);

    private ValueTask<T> Read<TState, T>(TState state, Func<TState, T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<T>(cancellationToken);
        try
        {
            return ValueTask.FromResult(read(state));
        }
        catch (SqliteException exception)
        {
            return ValueTask.FromException<T>(StoreErrors.Translate(_path, exception));
        }
        catch (ObjectDisposedException exception)
        {
            return ValueTask.FromException<T>(exception);
        }
    }
}
