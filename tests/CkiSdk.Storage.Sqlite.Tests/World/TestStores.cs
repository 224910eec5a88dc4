using System.Collections.Concurrent;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage.Sqlite;
using CkiSdk.TestSupport;

namespace CkiSdk.Protocol.Tests.World;

/// <summary>Makes the stores of a test world: SQLite files, so that all exchanges run over them, too.</summary>
internal static class TestStores
{
    private static readonly TemporaryFolder Folder = new();
    private static readonly ConcurrentDictionary<ICmaStore, string> Paths = new();
    private static int _count;

    static TestStores() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Folder.Dispose();

    /// <summary>Makes an empty store.</summary>
    public static ICmaStore Open() => Open(Folder.PathOf($"{Interlocked.Increment(ref _count)}.db"));

    /// <summary>Closes the store and opens its file again, as a new process would.</summary>
    public static ICmaStore Reopen(ICmaStore store)
    {
        if (!Paths.TryRemove(store, out var path)) return store;
        store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return Open(path);
    }

    private static SqliteCmaStore Open(string path)
    {
        var store = SqliteCmaStore.OpenAsync(path, TimeProvider.System).GetAwaiter().GetResult();
        Paths[store] = path;
        return store;
    }
}
