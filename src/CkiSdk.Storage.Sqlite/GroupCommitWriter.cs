namespace CkiSdk.Storage.Sqlite;

/// <summary>Writes for all callers in one thread: what waits while one transaction reaches the disk goes into the next one together.</summary>
internal sealed class GroupCommitWriter : IAsyncDisposable
{
    // Room for the pages that rows and their marks go to (16 MiB), so that they are not read again for each group; a commit looks at the whole table of pages. Checkpoints are made elsewhere.
    // What a statement of many rows keeps until it has ended, as those that move marks do, needs no file of its own.
    private const string Settings = "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 0; PRAGMA temp_store = MEMORY";

    private readonly SqliteSession _session;
    private readonly string _path;
    private readonly WriteQueue _queue = new();
    private readonly Checkpoints _checkpoints;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts to write; the session is the writer's own from now on.</summary>
    public GroupCommitWriter(SqliteSession session, string path)
    {
        _session = session;
        _path = path;
        _checkpoints = new Checkpoints(path);
        _session.Run(Settings);

        // A thread of its own: it waits for the disk, and those of the pool have other things to do.
        new Thread(Write) { IsBackground = true, Name = "store" }.Start();
    }

    /// <summary>Writes in a transaction that other operations share.</summary>
    /// <param name="body">Writes; it must do nothing else, because it may run twice.</param>
    /// <param name="cancellationToken">Cancels the operation as long as no transaction has taken it up; later the call returns what became of it.</param>
    /// <returns>What the body returned, after the commit.</returns>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> body, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var operation = new WriteOperation<T>(body, _path, cancellationToken);
        if (!_queue.TryAdd(operation)) operation.Fail(new ObjectDisposedException(typeof(SqliteCmaStore).FullName));
        return operation.Task;
    }

    /// <summary>Writes what waits, and closes the session.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Complete();
        await _ended.Task.ConfigureAwait(false);
        _checkpoints.Dispose();
        _session.Dispose();
    }

    private void Write()
    {
        var group = new List<WriteOperation>();
        while (_queue.TryTake(group))
        {
            group.RemoveAll(static operation => !operation.TryTake());
            Commit(group);
            _checkpoints.Continue(_session);
            group.Clear();
        }

        _ended.SetResult();
    }

    // An error of one is rare, and what keeps it from the others costs all: that comes second. Third, where one of them ended the transaction of all, for example
    // by filling the disk, each gets a transaction of its own.
    private void Commit(List<WriteOperation> group)
    {
        if (TryCommit(group, static (operation, session) => operation.Run(session), out var failure)) return;
        if (!failure.IsOfTransaction && TryCommit(group, static (operation, session) => operation.RunApart(session), out failure)) return;
        if (failure.IsOfTransaction || group.Count == 1)
        {
            group.ForEach(operation => operation.Fail(failure.Exception));
            return;
        }

        foreach (var operation in group)
        {
            if (!TryCommit([operation], static (operation, session) => operation.RunApart(session), out failure)) operation.Fail(failure.Exception);
        }
    }

    private bool TryCommit(List<WriteOperation> group, Action<WriteOperation, SqliteSession> run, out (Exception Exception, bool IsOfTransaction) failure)
    {
        var begun = false;
        failure = default;
        try
        {
            if (group.Count == 0) return true;
            _session.Begin();
            begun = true;
            foreach (var operation in group) run(operation, _session);
            AuditTrail.WriteHead(_session);
            Marks.Move(_session);
            _session.Commit();
        }
        catch (Exception exception)
        {
            failure = (exception, !begun || !TryRollback());
            return false;
        }

        group.ForEach(operation => operation.Complete());
        return true;
    }

    private bool TryRollback()
    {
        try
        {
            _session.Rollback();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
