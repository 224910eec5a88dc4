using System.Net;
using CkiSdk.Transports.Kestrel.Tests.Standing;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Kestrel.Tests.Http;

/// <summary>Holds HTTP/1.1 to what connections do that are open.</summary>
public class HttpStandingTests : StandingContract
{
    private protected virtual Version Version => HttpVersion.Version11;

    private protected override async Task<StandingServer> ListenAsync(PeerTrust clients)
    {
        var listener = await HttpLoopback.ListenAsync(Party, options => options with { Clients = clients });
        return new StandingServer(listener.EndPoint, listener);
    }

    private protected override ICkiTransport Connect(IPEndPoint server, PeerTrust trust) => HttpLoopback.Connect(server, options => options with { Server = trust, Version = Version });

    private protected override async Task AssertShutOutAsync(ICkiTransport client)
    {
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.NotAuthenticated, exception.Fault);
        Assert.Contains("403: You are not accepted", exception.Message, StringComparison.Ordinal);
    }
}
