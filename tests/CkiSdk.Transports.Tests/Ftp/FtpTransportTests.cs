using CkiSdk.TestSupport;
using CkiSdk.Transports.Ftp;
using CkiSdk.Transports.Spool;
using CkiSdk.Transports.Tests.Cms;
using CkiSdk.Transports.Tests.Contract;
using CkiSdk.Transports.Tests.Spool;

namespace CkiSdk.Transports.Tests.Ftp;

/// <summary>Holds the transport by files on a real FTP server to what every transport does.</summary>
public sealed class FtpTransportTests(FtpServers servers) : FtpTransportContract(servers.Plain), IClassFixture<FtpServers>;

/// <summary>The same with TLS on all connections.</summary>
public sealed class FtpsTransportTests(FtpServers servers) : FtpTransportContract(servers.Tls), IClassFixture<FtpServers>;

/// <summary>Joins a client and a server by a spool of their own on an FTP server.</summary>
public abstract class FtpTransportContract(VsftpdServer server) : TransportContract
{
    private protected override async ValueTask<ICkiTransport> JoinAsync(ScriptedParty party)
    {
        var (client, self) = (await CmsParty.Client, await CmsParty.Server);
        var (interval, options) = (TimeSpan.FromMilliseconds(20), server.Options($"spool-{Guid.NewGuid():N}"));
        var listener = await SpoolListener.StartAsync(party, new SpoolListenerOptions { Place = new FtpSpool(options), Identity = self, Interval = interval });
        var transport = new SpoolTransport(new SpoolTransportOptions { Place = new FtpSpool(options), Identity = client, ServerCertificate = self.EncryptionCertificate, Interval = interval });
        return new JoinedSpool(transport, listener);
    }
}
