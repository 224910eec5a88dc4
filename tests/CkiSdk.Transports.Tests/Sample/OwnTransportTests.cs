using CkiSdk.Protocol;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Tests.Contract;
using CkiSdk.Transports.Tls;
using OwnTransport;

namespace CkiSdk.Transports.Tests.Sample;

/// <summary>Holds the transport of samples/OwnTransport to what every transport does.</summary>
public sealed class OwnTransportTests : TransportContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Strangers_AreNotServed_OnEitherSide()
    {
        using var folder = new TemporaryFolder();
        var party = new ScriptedParty();
        await using var listener = new SocketListener(folder.PathOf("s"), party, TestAuthority.Server, new PeerTrust([TestAuthority.Trusted.Anchor]));
        await using var stranger = new SocketTransport(folder.PathOf("s"), TestAuthority.Foreign.Certify(TestAuthority.ClientName), new PeerTrust([TestAuthority.Trusted.Anchor], TestAuthority.ServerName));
        await Assert.ThrowsAsync<CkiTransportException>(async () => await stranger.ExchangeAsync(new byte[] { 0x30, 0 }, Cancel));
        await using var distrustful = new SocketTransport(folder.PathOf("s"), TestAuthority.Client, new PeerTrust([TestAuthority.Foreign.Anchor]));
        await Assert.ThrowsAsync<CkiTransportException>(async () => await distrustful.ExchangeAsync(new byte[] { 0x30, 0 }, Cancel));
        Assert.Empty(party.Received);
    }

    [Fact]
    public async Task Nobody_Listens()
    {
        using var folder = new TemporaryFolder();
        await using var transport = new SocketTransport(folder.PathOf("s"), TestAuthority.Client, new PeerTrust([TestAuthority.Trusted.Anchor]));
        await Assert.ThrowsAsync<CkiTransportException>(async () => await transport.ExchangeAsync(new byte[] { 0x30, 0 }, Cancel));
    }

    private protected override ValueTask<ICkiTransport> JoinAsync(ScriptedParty party)
    {
        var folder = new TemporaryFolder();
        var listener = new SocketListener(folder.PathOf("s"), party, TestAuthority.Server, new PeerTrust([TestAuthority.Trusted.Anchor]));
        return ValueTask.FromResult<ICkiTransport>(new Joined(
            new SocketTransport(folder.PathOf("s"), TestAuthority.Client, new PeerTrust([TestAuthority.Trusted.Anchor], TestAuthority.ServerName)), listener, folder));
    }

    private sealed class Joined(SocketTransport transport, SocketListener listener, TemporaryFolder folder) : ICkiTransport
    {
        public ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default) => transport.ExchangeAsync(request, cancellationToken);

        public ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default) => transport.NextAnnouncementAsync(acknowledgesPrevious, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await transport.DisposeAsync();
            await listener.DisposeAsync();
            folder.Dispose();
        }
    }
}
