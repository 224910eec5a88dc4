using System.Net;
using CkiSdk.Protocol;
using CkiSdk.Transports.Kestrel.Tcp;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tests.Contract;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

/// <summary>Starts listeners and makes clients on loopback, with the usual certificates.</summary>
internal static class Loopback
{
    public static PeerTrust Trust { get; } = new([TestAuthority.Trusted.Anchor]);

    public static TcpListenerOptions ListenerOptions { get; } = new()
    {
        EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
        Certificate = TestAuthority.Server,
        Clients = Trust,
    };

    public static Task<TcpListenerHost> ListenAsync(IMessageHandler party, Func<TcpListenerOptions, TcpListenerOptions>? change = null) =>
        TcpListenerHost.StartAsync(party, change is null ? ListenerOptions : change(ListenerOptions), TestContext.Current.CancellationToken);

    public static TcpTransportOptions ClientOptions(IPEndPoint server) => new()
    {
        Host = server.Address.ToString(),
        Port = server.Port,
        Certificate = TestAuthority.Client,
        Server = new PeerTrust([TestAuthority.Trusted.Anchor], TestAuthority.ServerName),
    };

    public static TcpCkiTransport Connect(IPEndPoint server, Func<TcpTransportOptions, TcpTransportOptions>? change = null) =>
        new(change is null ? ClientOptions(server) : change(ClientOptions(server)));

    /// <summary>Asserts that a new client of the listener gets its answer within a few seconds.</summary>
    public static async Task AssertServesAsync(TcpListenerHost listener)
    {
        byte[] request = [0x30, 0x03, 0x02, 0x01, 0x07];
        await using var client = Connect(listener.EndPoint, options => options with { AnswerTimeout = TimeSpan.FromSeconds(20) });
        var answer = await client.ExchangeAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(ScriptedParty.Reverse(request), answer.Message!.Value.ToArray());
    }

    /// <summary>Asserts the same, once the listener has found out that another connection was closed.</summary>
    public static async Task AssertServesSoonAsync(TcpListenerHost listener)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await AssertServesAsync(listener);
                return;
            }
            catch (CkiTransportException) when (attempt < 200)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }
}
