using System.Data;
using System.Threading.Channels;
using Npgsql;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Writes for all callers on one connection: what waits while one transaction reaches the disk goes into the next one together.</summary>
/// <remarks>
/// Each transaction first takes the head of the audit log, so that the processes on a database write one after the other: what a unit of work was decided on
/// cannot change between its check and its commit, and no transaction fails because of another. It also notes its number. Where the connection breaks at the
/// commit, the head is taken once more, on a new connection, which waits for the end of the broken transaction; then the number tells what became of it.
/// </remarks>
internal sealed class GroupWriter : IAsyncDisposable
{
    // Bounds how long the first of a group waits for the last.
    private const int LargestGroup = 512;

    private readonly Database _database;
    private readonly Guid _id;
    private readonly Channel<WriteOperation> _queue = Channel.CreateUnbounded<WriteOperation>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;
    private Session? _session;
    private long _number;

    /// <summary>Starts to write.</summary>
    /// <param name="database">The database.</param>
    /// <param name="id">What tells this writer from all others there ever were.</param>
    public GroupWriter(Database database, Guid id)
    {
        (_database, _id) = (database, id);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Gets what runs between the last statement of a group and its commit; only tests set it.</summary>
    internal Func<Session, Task>? BeforeCommit { get; set; }

    /// <summary>Gets what runs right after a commit, before it is known here; only tests set it.</summary>
    internal Func<Session, Task>? AfterCommit { get; set; }

    /// <summary>Writes in a transaction that other operations share.</summary>
    /// <param name="body">Writes; it must do nothing else, because it may run twice.</param>
    /// <param name="cancellationToken">Cancels the operation as long as no transaction has taken it up; later the call returns what became of it.</param>
    /// <returns>What the body returned, after the commit.</returns>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task<T> WriteAsync<T>(Func<Session, AuditTrail, ValueTask<T>> body, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var operation = new WriteOperation<T>(body, _database.Name, cancellationToken);
        if (!_queue.Writer.TryWrite(operation)) operation.Fail(new ObjectDisposedException(typeof(PostgreSqlCmaStore).FullName));
        return operation.Task;
    }

    /// <summary>Writes what waits, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        await DropAsync().ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        var group = new List<WriteOperation>(LargestGroup);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (group.Count < LargestGroup && _queue.Reader.TryRead(out var operation))
            {
                if (operation.TryTake()) group.Add(operation);
            }

            await CommitAsync(group).ConfigureAwait(false);
            group.Clear();
        }
    }

    // An error of one is rare, and what keeps it from the others costs all: that comes second. Third, where one of them fails the commit itself, each gets a transaction of its own.
    private async Task CommitAsync(List<WriteOperation> group)
    {
        if (group.Count == 0 || await TryCommitAsync(group, apart: false).ConfigureAwait(false) is null) return;
        var failure = await TryCommitAsync(group, apart: true).ConfigureAwait(false);
        if (failure is null) return;
        foreach (var operation in group)
        {
            if (group.Count > 1 && failure is not CmaStoreException) failure = await TryCommitAsync([operation], apart: true).ConfigureAwait(false);
            if (!operation.IsDone) operation.Fail(failure!);
        }
    }

    /// <summary>Commits a group, again where what hindered it passes.</summary>
    /// <returns>Null where it is committed and all were told; otherwise why not.</returns>
    private async ValueTask<Exception?> TryCommitAsync(List<WriteOperation> group, bool apart)
    {
        for (var attempt = 0; ; attempt++)
        {
            var isCommitting = false;
            try
            {
                var session = _session ??= await _database.OpenAsync(CancellationToken.None).ConfigureAwait(false);
                var audit = await BeginAsync(session).ConfigureAwait(false);
                foreach (var operation in group) await operation.RunAsync(session, audit, apart).ConfigureAwait(false);
                await audit.WriteAsync(session).ConfigureAwait(false);
                if (BeforeCommit is not null) await BeforeCommit(session).ConfigureAwait(false);
                isCommitting = true;
                await session.CommitAsync().ConfigureAwait(false);
                if (AfterCommit is not null) await AfterCommit(session).ConfigureAwait(false);
                break;
            }
            catch (Exception exception)
            {
                await AbandonAsync().ConfigureAwait(false);
                if (!StoreErrors.IsPassing(exception)) return exception;
                if (isCommitting && await WasCommittedAsync(exception).ConfigureAwait(false) is var (isCommitted, doubt))
                {
                    if (doubt is not null) return doubt;
                    if (isCommitted) break;
                }

                if (!await _database.WaitAsync(attempt).ConfigureAwait(false)) return StoreErrors.Translate(_database.Name, exception);
            }
        }

        _database.Found();
        group.ForEach(operation => operation.Complete());
        return null;
    }

    private async ValueTask<AuditTrail> BeginAsync(Session session)
    {
        await session.BeginAsync(IsolationLevel.ReadCommitted).ConfigureAwait(false);
        var audit = await AuditTrail.HoldAsync(session).ConfigureAwait(false);
        await session.ExecuteAsync(
            "INSERT INTO writers (id, last_group) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET last_group = excluded.last_group, at = clock_timestamp()",
            _id, ++_number).ConfigureAwait(false);
        return audit;
    }

    private async ValueTask<(bool IsCommitted, Exception? Doubt)> WasCommittedAsync(Exception cause)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var session = _session ??= await _database.OpenAsync(CancellationToken.None).ConfigureAwait(false);
                await session.BeginAsync(IsolationLevel.ReadCommitted).ConfigureAwait(false);
                await AuditTrail.HoldAsync(session).ConfigureAwait(false);
                var last = await session.ScalarAsync("SELECT last_group FROM writers WHERE id = $1", _id).ConfigureAwait(false);
                await session.RollbackAsync().ConfigureAwait(false);
                return (last is long number && number == _number, null);
            }
            catch (Exception exception)
            {
                await AbandonAsync().ConfigureAwait(false);
                if (!StoreErrors.IsPassing(exception) || !await _database.WaitAsync(attempt).ConfigureAwait(false)) return (false, StoreErrors.InDoubt(_database.Name, cause));
            }
        }
    }

    // Undoes what was written; a connection on which that fails is of no use any more.
    private async ValueTask AbandonAsync()
    {
        if (_session is null) return;
        try
        {
            if (_session.IsOpen)
            {
                await _session.RollbackAsync().ConfigureAwait(false);
                return;
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or IOException)
        {
            // The server undoes it when it sees that the connection is gone.
        }

        await DropAsync().ConfigureAwait(false);
    }

    private async ValueTask DropAsync()
    {
        var session = _session;
        _session = null;
        if (session is null) return;
        try
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or IOException)
        {
            // It is closed all the same.
        }
    }
}
