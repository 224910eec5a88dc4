using CkiSdk.TestSupport;
using CkiSdk.Transports.Spool;
using CkiSdk.Transports.Tests.Cms;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Tests.Spool;

/// <summary>Holds the transport by files, protected by CMS, to what every transport does.</summary>
public sealed class SpoolTransportTests : TransportContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override async ValueTask<ICkiTransport> JoinAsync(ScriptedParty party)
    {
        var (client, server) = (await CmsParty.Client, await CmsParty.Server);
        var interval = TimeSpan.FromMilliseconds(5);
        var listener = await SpoolListener.StartAsync(party, new SpoolListenerOptions { Place = new SpoolFolder(_folder.PathOf("spool")), Identity = server, Interval = interval });
        return new JoinedSpool(
            new SpoolTransport(new SpoolTransportOptions { Place = new SpoolFolder(_folder.PathOf("spool")), Identity = client, ServerCertificate = server.EncryptionCertificate, Interval = interval }), listener);
    }
}
