using System.Net;
using CkiSdk.Protocol;
using CkiSdk.Transports.Http;
using CkiSdk.Transports.Kestrel.Http;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Http;

/// <summary>Holds the transport over HTTP/2 to what every transport does.</summary>
public sealed class Http2TransportContractTests : TransportContract
{
    private protected override ValueTask<ICkiTransport> JoinAsync(ScriptedParty party) => JoinedOverHttp.JoinAsync(party, HttpVersion.Version20);
}

/// <summary>Holds the transport over HTTP/1.1 to what every transport does.</summary>
public sealed class Http11TransportContractTests : TransportContract
{
    private protected override ValueTask<ICkiTransport> JoinAsync(ScriptedParty party) => JoinedOverHttp.JoinAsync(party, HttpVersion.Version11);
}

/// <summary>Is a listener with its client.</summary>
internal sealed class JoinedOverHttp(HttpListenerHost listener, HttpCkiTransport transport) : ICkiTransport
{
    public static async ValueTask<ICkiTransport> JoinAsync(ScriptedParty party, Version version)
    {
        var listener = await HttpLoopback.ListenAsync(party);
        return new JoinedOverHttp(listener, HttpLoopback.Connect(listener.EndPoint, options => options with { Version = version }));
    }

    public ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default) => transport.ExchangeAsync(request, cancellationToken);

    public ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default) =>
        transport.NextAnnouncementAsync(acknowledgesPrevious, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync();
        await listener.DisposeAsync();
    }
}
