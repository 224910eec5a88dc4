using System.Net;
using CkiSdk.Transports.Kestrel.Tests.Standing;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

/// <summary>Holds TCP to what connections do that are open.</summary>
public sealed class TcpStandingTests : StandingContract
{
    private protected override async Task<StandingServer> ListenAsync(PeerTrust clients)
    {
        var listener = await Loopback.ListenAsync(Party, options => options with { Clients = clients });
        return new StandingServer(listener.EndPoint, listener);
    }

    private protected override ICkiTransport Connect(IPEndPoint server, PeerTrust trust) => Loopback.Connect(server, options => options with { Server = trust });

    private protected override async Task AssertShutOutAsync(ICkiTransport client) =>
        Assert.Contains("accepted no more", (await client.ExchangeAsync(Request, Cancel)).Refusal!, StringComparison.Ordinal);
}
