using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;

namespace CkiSdk.Protocol.Tests.World;

/// <summary>Makes the stores of a test world. Here they are in memory; the tests of another store compile the same exchanges with a class of this name that makes theirs.</summary>
internal static class TestStores
{
    /// <summary>Makes an empty store.</summary>
    public static ICmaStore Open() => new InMemoryCmaStore();

    /// <summary>Returns the store as a new process would find it.</summary>
    public static ICmaStore Reopen(ICmaStore store) => store;
}
