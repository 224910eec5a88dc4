using System.Collections.Concurrent;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Keeps in memory what seldom changes and every message needs: users, parties, keys. The count of its changes in the file, which is read each time, tells whether any process has changed it.</summary>
internal sealed class KeptState(SessionPool readers)
{
    // Bounds the memory; whoever has more users than that reads some of them again.
    private const int Most = 20_000;

    private volatile Kept _kept = new(-1);

    /// <summary>Returns what was read before, or reads it.</summary>
    /// <param name="what">What it is, such as the table, and which one of them.</param>
    /// <param name="read">Reads it; the result must not change afterwards.</param>
    public T Get<T>((string Kind, string Name) what, Func<SqliteSession, T> read) => readers.Read(session =>
    {
        // The count first: what is read after it is at least as new.
        var version = (long)session.Scalar("SELECT version FROM state_version")!;
        var kept = _kept;
        if (kept.Version != version || kept.Values.Count >= Most) _kept = kept = new Kept(version);
        if (kept.Values.TryGetValue(what, out var value)) return (T)value!;
        var fresh = read(session);
        kept.Values[what] = fresh;
        return fresh;
    });

    private sealed class Kept(long version)
    {
        public long Version { get; } = version;

        public ConcurrentDictionary<(string Kind, string Name), object?> Values { get; } = new();
    }
}
