using CkiSdk.TestSupport;
using CkiSdk.Transports.Spool;
using CkiSdk.Transports.Tests.Faults;

namespace CkiSdk.Transports.Tests.Spool;

/// <summary>Holds the transport by files in a folder to the list of faults: messages. It has no wires.</summary>
public sealed class SpoolMessageFaultTests : MessageFaultContract
{
    private protected override async ValueTask<MessageWay> StartAsync(OnceParty party, TimeSpan? patience = null)
    {
        var folder = new TemporaryFolder();
        var way = new Way(party, folder, patience);
        await way.ServeAsync();
        return way;
    }

    private sealed class Way(OnceParty party, TemporaryFolder folder, TimeSpan? patience) : SpoolWay(party, folder.FullPath, patience)
    {
        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            folder.Dispose();
        }

        protected override SpoolPlace PlaceOfListener() => new SpoolFolder(folder.FullPath);

        protected override SpoolPlace PlaceOfClient(TimeSpan? patience) => new SpoolFolder(folder.FullPath);

        protected override SpoolPlace PlaceAside() => new SpoolFolder(folder.FullPath);
    }
}
