using Microsoft.Data.Sqlite;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Brings the write-ahead log into the file, beside the thread that writes: who commits waits for the log alone.</summary>
/// <remarks>The log begins anew only when nothing is left in it. So the writer brings in itself, between two commits, the little that came while the most of it was on its way.</remarks>
internal sealed class Checkpoints(string path) : IDisposable
{
    // Pages, which are 32 MiB (half of that in files whose pages have 4 KiB): those that change often go into the file once for many commits, and no one of these steps keeps the disk busy for long.
    private const int Often = 4096;

    // 96 MiB (half of that, as above): the log does not outgrow this by much, because then the writer waits.
    private const int Most = 12288;

    private SqliteSession? _session;
    private Task? _running;
    private long _pages = Often; // what a crash has left in the log goes into the file first

    /// <summary>Does what is due; the writer calls it after each commit.</summary>
    public void Continue(SqliteSession writer)
    {
        _pages += writer.TakePagesWritten();
        if (_running is null)
        {
            if (_pages >= Often) _running = Task.Run(Run);
            return;
        }

        if (_pages >= Most) _running.Wait();
        if (!_running.IsCompleted) return;
        (_running, _pages) = (null, 0);
        Try(writer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _running?.Wait();
        _session?.Dispose();
    }

    private void Run()
    {
        try
        {
            Try(_session ??= new SqliteSession(path));
        }
        catch (SqliteException)
        {
            // As below.
        }
    }

    // What cannot be brought in now, for example because the disk is full, stays in the log, where it is safe, until the next time.
    private static void Try(SqliteSession session)
    {
        try
        {
            session.Scalar("PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (SqliteException)
        {
            // It is tried again.
        }
    }
}
