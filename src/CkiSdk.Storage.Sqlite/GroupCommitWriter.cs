using System.Threading.Channels;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Writes for all callers in one thread: what waits while one transaction reaches the disk goes into the next one together.</summary>
internal sealed class GroupCommitWriter : IAsyncDisposable
{
    // Bounds how long the first of a group waits for the last.
    private const int LargestGroup = 512;

    // Room for the pages that certificates and answers go to (32 MiB), so that they are not read again for each group; checkpoints are made elsewhere.
    private const string Settings = "PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 0";

    private readonly SqliteSession _session;
    private readonly string _path;
    private readonly Channel<WriteOperation> _queue = Channel.CreateUnbounded<WriteOperation>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Checkpoints _checkpoints;
    private readonly Task _writing;

    /// <summary>Starts to write; the session is the writer's own from now on.</summary>
    public GroupCommitWriter(SqliteSession session, string path)
    {
        _session = session;
        _path = path;
        _checkpoints = new Checkpoints(path);
        _session.Run(Settings);
        _writing = Task.Run(WriteAsync);
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
        if (!_queue.Writer.TryWrite(operation)) operation.Fail(new ObjectDisposedException(typeof(SqliteCmaStore).FullName));
        return operation.Task;
    }

    /// <summary>Writes what waits, and closes the session.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        _checkpoints.Dispose();
        _session.Dispose();
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

            Commit(group);
            _checkpoints.Continue(_session);
            group.Clear();
        }
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
