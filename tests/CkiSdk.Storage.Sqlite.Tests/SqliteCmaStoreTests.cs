using CkiSdk.Protocol.Storage;
using CkiSdk.Tests.Storage;
using CkiSdk.TestSupport;
using static CkiSdk.Tests.Storage.Records;

namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Holds the SQLite store against the contract, with one store, after reopening, and with two on one file.</summary>
public sealed class SqliteCmaStoreTests : StoreSharingContract
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.PathOf("cma.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override async ValueTask<ICmaStore> OpenAsync() => await SqliteCmaStore.OpenAsync(Path, TimeProvider.System, Cancellation);

    [Fact]
    public async Task DisposeAsync_Brings_TheLogIntoTheFile()
    {
        await Store.TryReserveSerialAsync(Serial(1), Transaction(1), Cancellation);
        await Store.DisposeAsync();
        Assert.False(File.Exists(Path + "-wal"));
    }
}
