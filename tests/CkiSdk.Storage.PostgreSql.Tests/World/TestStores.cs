using System.Collections.Concurrent;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage.PostgreSql;
using CkiSdk.Storage.PostgreSql.Tests;

namespace CkiSdk.Protocol.Tests.World;

/// <summary>Makes the stores of a test world: each in a schema of its own, so that all exchanges run over them, too.</summary>
internal static class TestStores
{
    private static readonly ConcurrentDictionary<ICmaStore, string> Places = new();

    /// <summary>Makes an empty store.</summary>
    public static ICmaStore Open() => Open(TestServer.NewSchema());

    /// <summary>Closes the store and opens its schema again, as a new process would.</summary>
    public static ICmaStore Reopen(ICmaStore store)
    {
        if (!Places.TryRemove(store, out var place)) return store;
        store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return Open(place);
    }

    private static PostgreSqlCmaStore Open(string place)
    {
        var store = PostgreSqlCmaStore.OpenAsync(place + ";Maximum Pool Size=3", TimeProvider.System).GetAwaiter().GetResult();
        Places[store] = place;
        return store;
    }
}
