using CkiSdk.Protocol;
using CkiSdk.Transports.InMemory;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Tests.InMemory;

public sealed class InMemoryTransportTests : TransportContract
{
    [Fact]
    public async Task Exchange_Delivers_TheServicesGiven()
    {
        var party = new ScriptedParty();
        await using var transport = new InMemoryTransport(party, client: null, server: null, SecurityServices.None);
        var answer = await transport.ExchangeAsync(new byte[] { 0x30, 0x00 }, TestContext.Current.CancellationToken);
        Assert.Equal(SecurityServices.None, answer.Services);
        Assert.Null(answer.Peer);
        var delivered = Assert.Single(party.Received);
        Assert.Equal(SecurityServices.None, delivered.Services);
        Assert.Null(delivered.Sender);
    }

    [Fact]
    public async Task NextAnnouncement_Rejects_Nobody()
    {
        await using var transport = new InMemoryTransport(new ScriptedParty(), client: null, server: null);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await transport.NextAnnouncementAsync(false, TestContext.Current.CancellationToken));
    }

    private protected override ValueTask<ICkiTransport> JoinAsync(ScriptedParty party) =>
        ValueTask.FromResult<ICkiTransport>(new InMemoryTransport(party, TestAuthority.PeerOf(TestAuthority.Client), TestAuthority.PeerOf(TestAuthority.Server)));
}
