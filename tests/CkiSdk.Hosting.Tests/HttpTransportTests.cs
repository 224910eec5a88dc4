using System.Net;
using CkiSdk.Protocol;
using CkiSdk.Transports.Http;
using CkiSdk.Transports.Kestrel.Http;
using CkiSdk.Transports.Tests.Contract;
using CkiSdk.Transports.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CkiSdk.Hosting.Tests;

/// <summary>Shows the transport over HTTP on the clients of a host's factory, with handlers of the application in between.</summary>
public sealed class HttpTransportTests
{
    private static readonly byte[] Request = [0x30, 0x03, 0x02, 0x01, 0x05];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transport_Goes_ThroughTheHandlersOfTheApplication_AndKnowsItsServer()
    {
        var party = new ScriptedParty();
        await using var listener = await HttpListenerHost.StartAsync(
            party,
            new HttpListenerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, 0), Certificate = TestAuthority.Server, Clients = new PeerTrust([TestAuthority.Trusted.Anchor]) },
            Cancel);
        var counting = new Counting();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddCkiHttpTransport(_ => Options(listener.EndPoint)).AddHttpMessageHandler(() => new Counted(counting));
        builder.Services.AddCkiHttpTransport(_ => Options(listener.EndPoint) with { Version = HttpVersion.Version11 }, "other");
        using var host = builder.Build();

        var transport = host.Services.GetRequiredService<HttpCkiTransport>();
        Assert.Same(transport, host.Services.GetRequiredKeyedService<HttpCkiTransport>(CkiHttpServiceCollectionExtensions.DefaultName));
        var answer = await transport.ExchangeAsync(Request, Cancel);
        Assert.Equal(ScriptedParty.Reverse(Request), answer.Message!.Value.ToArray());
        Assert.Equal((SecurityServices.All, TestAuthority.ServerName), (answer.Services, answer.Peer!.Name));
        Assert.Equal(1, counting.Requests);
        var other = host.Services.GetRequiredKeyedService<HttpCkiTransport>("other");
        Assert.NotSame(transport, other);
        Assert.NotNull((await other.ExchangeAsync(Request, Cancel)).Message);
        Assert.Equal(1, counting.Requests);
        Assert.Equal(2, party.Received.Count);
    }

    private static HttpTransportOptions Options(IPEndPoint server) => new()
    {
        Address = new Uri($"https://{server}"),
        Certificate = TestAuthority.Client,
        Server = new PeerTrust([TestAuthority.Trusted.Anchor], TestAuthority.ServerName),
    };

    private sealed class Counting
    {
        public int Requests { get; set; }
    }

    private sealed class Counted(Counting counting) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            counting.Requests++;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
