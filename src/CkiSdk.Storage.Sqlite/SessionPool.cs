using Microsoft.Data.Sqlite;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Lends sessions for reading.</summary>
internal sealed class SessionPool(string path) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Stack<SqliteSession> _idle = new();
    private bool _disposed;

    /// <summary>Reads in a session of its own, or in one that another call has given back.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    /// <exception cref="SqliteException">SQLite failed.</exception>
    public T Read<T>(Func<SqliteSession, T> body)
    {
        var session = Rent() ?? Open();
        try
        {
            var result = body(session);
            Return(session);
            return result;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            while (_idle.TryPop(out var session)) session.Dispose();
        }
    }

    private SqliteSession? Rent()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteCmaStore));
            return _idle.TryPop(out var session) ? session : null;
        }
    }

    private void Return(SqliteSession session)
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _idle.Push(session);
                return;
            }
        }

        session.Dispose();
    }

    private SqliteSession Open()
    {
        var session = new SqliteSession(path);
        try
        {
            session.Run("PRAGMA query_only = ON");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
