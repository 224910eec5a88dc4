using CkiSdk.Protocol;
using CkiSdk.Transports.Kestrel.Tcp;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

public sealed class TcpTransportContractTests : TransportContract
{
    private protected override async ValueTask<ICkiTransport> JoinAsync(ScriptedParty party)
    {
        var listener = await Loopback.ListenAsync(party);
        return new Joined(listener, Loopback.Connect(listener.EndPoint));
    }

    private sealed class Joined(TcpListenerHost listener, TcpCkiTransport transport) : ICkiTransport
    {
        public ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default) =>
            transport.ExchangeAsync(request, cancellationToken);

        public ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default) =>
            transport.NextAnnouncementAsync(acknowledgesPrevious, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await transport.DisposeAsync();
            await listener.DisposeAsync();
        }
    }
}
