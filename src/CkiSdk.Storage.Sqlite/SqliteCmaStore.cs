using CkiSdk.Protocol.Server;
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
    private readonly GroupCommitWriter _writer;

    private SqliteCmaStore(string path, TimeProvider time, SqliteSession session)
    {
        _path = path;
        _time = time;
        _readers = new SessionPool(path);
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
    public ValueTask<EnrolledUser> AddUserAsync(EnrolledUser user, CancellationToken cancellationToken = default)
    {
        var copy = user with { Name = user.Name.ToArray() };
        return Write(session => Users.Add(session, copy), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<EnrolledUser?> FindUserAsync(string canonicalName, CancellationToken cancellationToken = default) =>
        Read(session => Users.Find(session, canonicalName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> SetRevokedAsync(string canonicalName, bool isRevoked, CancellationToken cancellationToken = default) =>
        Write(session => Users.SetRevoked(session, canonicalName, isRevoked), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The wrapped key does not have the 40 octets of a wrapped key.</exception>
    public async ValueTask AddInteroperabilityKeyAsync(StoredInteroperabilityKey key, CancellationToken cancellationToken = default)
    {
        StoredKeys.RequireWrapped(key);
        var copy = key with { WrappedKey = key.WrappedKey.ToArray() };
        if (!await Write(session => InteroperabilityKeys.TryAdd(session, copy), cancellationToken).ConfigureAwait(false))
            throw StoredKeys.ReferenceUsed(key);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredInteroperabilityKey>> ListInteroperabilityKeysAsync(CancellationToken cancellationToken = default) =>
        Read(InteroperabilityKeys.List, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> GenerationAsync(string myReference, string canonicalName, CancellationToken cancellationToken = default) =>
        Read(session => InteroperabilityKeys.Generation(session, myReference, canonicalName), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredAnswer?> FindAnswerAsync(TransactionKey transaction, CancellationToken cancellationToken = default) =>
        Read(session => Answers.Find(session, transaction), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryReserveSerialAsync(
        ReadOnlyMemory<byte> serial, TransactionKey transaction, CancellationToken cancellationToken = default)
    {
        var copy = serial.ToArray();
        return Write(session => Certificates.TryReserve(session, copy, transaction, _time.GetUtcNow()), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<StoredAnswer> CommitAsync(
        TransactionKey transaction, StoredAnswer answer, IssuedCertificate? certificate, CancellationToken cancellationToken = default)
    {
        var answerCopy = answer with { RequestHash = answer.RequestHash.ToArray(), Body = answer.Body.ToArray() };
        var certificateCopy = certificate is null ? null : certificate with { Serial = certificate.Serial.ToArray(), Encoded = certificate.Encoded.ToArray() };
        return Write(
            session =>
            {
                if (!Answers.TryAdd(session, transaction, answerCopy)) return Answers.Find(session, transaction)!;
                if (certificateCopy is not null) Certificates.Add(session, certificateCopy, transaction);
                return answerCopy;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IssuedCertificate?> FindCertificateAsync(ReadOnlyMemory<byte> serial, CancellationToken cancellationToken = default) =>
        Read(session => Certificates.Find(session, serial.ToArray()), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask EnqueueAnnouncementAsync(string recipient, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        var copy = message.ToArray();
        await Write(session => Announcements.Add(session, recipient, copy, _time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<StoredAnnouncement?> PeekAnnouncementAsync(string recipient, CancellationToken cancellationToken = default) =>
        Read(session => Announcements.Oldest(session, recipient), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RemoveAnnouncementAsync(string recipient, long number, CancellationToken cancellationToken = default) =>
        await Write(session => Announcements.Remove(session, recipient, number), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive, or the stretch would end after the year 9999.</exception>
    public ValueTask<DateTimeOffset> ReserveMessageTimesAsync(
        DateTimeOffset notBefore, TimeSpan length, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        return Write(session => MessageTimes.Reserve(session, notBefore, length), cancellationToken);
    }

    /// <summary>Finishes what was begun, brings the write-ahead log into the file and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        // The last connection of all processes to close does the checkpoint; the writer's is this store's last.
        _readers.Dispose();
        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Opens a store with a schema of other steps.</summary>
    internal static async Task<SqliteCmaStore> OpenAsync(
        string path, TimeProvider time, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        var fullPath = Path.GetFullPath(path);
        return await Task.Run(() => new SqliteCmaStore(fullPath, time, OpenSession(fullPath, migrations)), cancellationToken).ConfigureAwait(false);
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

    private ValueTask<T> Read<T>(Func<SqliteSession, T> body, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<T>(cancellationToken);
        try
        {
            return ValueTask.FromResult(_readers.Read(body));
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
