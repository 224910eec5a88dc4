namespace CkiSdk.Storage.Sqlite;

/// <summary>Gives what is kept in memory of the state, as long as nobody has changed any of it.</summary>
internal sealed class StateWatch(SessionPool readers, string path) : IDisposable
{
    // These read one number alone. SQLite drops the pages of a session whenever somebody has committed, and where there are many that takes longer than the reading.
    private readonly SessionPool _watchers = new(path);
    private readonly CommitWatch _commits = new(path);
    private volatile Seen? _last;

    /// <summary>Returns the state of now. Where there was no commit at all since it was read it is not even looked for.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">SQLite failed.</exception>
    public KeptState Current()
    {
        // Before the number is read: what is committed in between is found the next time.
        var stamp = _commits.Read();
        var last = _last;
        if (last is not null && stamp is not null && last.Stamp == stamp && last.State.HasRoom) return last.State;
        var version = _watchers.Read(static session => (long)session.Scalar("SELECT version FROM state_version")!);
        var state = last is not null && last.State.Version == version && last.State.HasRoom ? last.State : new KeptState(readers, path, version);
        _last = new Seen(state, stamp);
        return state;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watchers.Dispose();
        _commits.Dispose();
    }

    private sealed record Seen(KeptState State, CommitStamp? Stamp);
}
