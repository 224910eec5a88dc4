using System.Net;
using CkiSdk;
using CkiSdk.Crypto.Software;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Storage.Sqlite;
using CkiSdk.Transports.Kestrel.Tcp;
using CkiSdk.Transports.Tls;

namespace ClientAndServer;

internal static class Server
{
    /// <summary>Starts a CMA with one user.</summary>
    public static async Task<TcpListenerHost> StartAsync(string database, CmaOptions options, Party tls, Party user)
    {
        var (now, store) = (DateTimeOffset.UtcNow, await SqliteCmaStore.OpenAsync(database, TimeProvider.System));
        var cma = new Cma(options, store, CryptoProviders.Software, TimeProvider.System);
        await cma.Administration.CreateLocalKeyAsync(now, now.AddYears(2));       // the interoperability key of the domain
        await cma.MaintainAsync();                                                // what is due by the clock: the first CRL
        await cma.Administration.EnrolAsync(user.Name, user.Encryption.Certificate, now);
        return await TcpListenerHost.StartAsync(new CkiServer(cma), new TcpListenerOptions
        {
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Certificate = tls.Tls,
            Clients = new PeerTrust([tls.Anchor]),
        });
    }
}
