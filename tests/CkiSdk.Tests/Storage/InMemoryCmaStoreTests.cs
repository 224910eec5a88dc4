using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;

namespace CkiSdk.Tests.Storage;

/// <summary>Holds the store in memory against the contract.</summary>
public sealed class InMemoryCmaStoreTests : StoreAuditContract
{
    protected override ValueTask<ICmaStore> OpenAsync() => ValueTask.FromResult<ICmaStore>(new InMemoryCmaStore());
}
