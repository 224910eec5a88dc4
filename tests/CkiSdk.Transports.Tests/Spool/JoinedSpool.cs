using CkiSdk.Transports.Spool;

namespace CkiSdk.Transports.Tests.Spool;

/// <summary>Is a transport with the listener at its other end: disposing of it ends both.</summary>
internal sealed class JoinedSpool(SpoolTransport transport, SpoolListener listener) : ICkiTransport
{
    public ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default) => transport.ExchangeAsync(request, cancellationToken);

    public ValueTask<Protocol.DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default) =>
        transport.NextAnnouncementAsync(acknowledgesPrevious, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync();
        await listener.DisposeAsync();
    }
}
