using CkiSdk.Transports.Kestrel.Tcp;
using CkiSdk.Transports.Tests.Contract;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

/// <summary>Shows that an open connection brings nothing more of a peer who is accepted no longer: enrolled anew, removed, expired.</summary>
public sealed class TcpStandingTests
{
    private static readonly byte[] Request = [0x30, 0x00];
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);
    private readonly Clock _time = new();
    private readonly ScriptedParty _party = new();
    private bool _isAccepted = true;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhoIsAcceptedNoMore_IsNotHeard_OnAConnectionThatIsOpen()
    {
        var trust = Trust();
        await using var listener = await ListenAsync(trust);
        await using var client = Loopback.Connect(listener.EndPoint);
        Assert.NotNull((await client.ExchangeAsync(Request, Cancel)).Message);
        _isAccepted = false;
        _time.Advance(Kept);
        Assert.Contains("accepted no more", (await client.ExchangeAsync(Request, Cancel)).Refusal!, StringComparison.Ordinal);
        Assert.Single(_party.Received);
        await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel)); // a new connection is refused, too
        _isAccepted = true;
        Assert.NotNull((await client.ExchangeAsync(Request, Cancel)).Message);
    }

    [Fact]
    public async Task WhoIsAcceptedNoMore_GetsNoAnnouncements_OnAConnectionThatIsOpen()
    {
        await using var listener = await ListenAsync(Trust());
        await using var client = Loopback.Connect(listener.EndPoint);
        Assert.Null(await client.NextAnnouncementAsync(acknowledgesPrevious: false, Cancel));
        _party.Announce(1, 2, 3);
        _isAccepted = false;
        _time.Advance(Kept);
        await Assert.ThrowsAsync<CkiTransportException>(async () => await client.NextAnnouncementAsync(acknowledgesPrevious: false, Cancel));
        Assert.Single(_party.Askers);
    }

    [Fact]
    public async Task AConnection_Ends_WhenItsAnchorIsRemoved_AndGoesOn_WhenOneIsAdded()
    {
        var trust = Trust();
        await using var listener = await ListenAsync(trust);
        await using var client = Loopback.Connect(listener.EndPoint);
        Assert.NotNull((await client.ExchangeAsync(Request, Cancel)).Message);
        trust.Replace([TestAuthority.Trusted.Anchor, TestAuthority.Foreign.Anchor]);
        _time.Advance(Kept);
        Assert.NotNull((await client.ExchangeAsync(Request, Cancel)).Message);
        trust.Replace([TestAuthority.Foreign.Anchor]);
        _time.Advance(Kept);
        Assert.NotNull((await client.ExchangeAsync(Request, Cancel)).Refusal);
        Assert.Equal(2, _party.Received.Count);
    }

    [Fact]
    public async Task AConnection_Ends_WithTheCertificateOfTheClient()
    {
        await using var listener = await ListenAsync(Trust());
        await using var client = Loopback.Connect(listener.EndPoint);
        Assert.NotNull((await client.ExchangeAsync(Request, Cancel)).Message);
        _time.Advance(new DateTimeOffset(TestAuthority.Client.NotAfter) - _time.GetUtcNow() + Kept);
        Assert.NotNull((await client.ExchangeAsync(Request, Cancel)).Refusal);
        Assert.Single(_party.Received);
    }

    [Fact]
    public async Task AServer_ThatIsAcceptedNoMore_GetsNothingMore()
    {
        await using var listener = await Loopback.ListenAsync(_party);
        var trust = new PeerTrust([TestAuthority.Trusted.Anchor], TestAuthority.ServerName) { Accepts = _ => _isAccepted, Time = _time };
        await using var client = Loopback.Connect(listener.EndPoint, options => options with { Server = trust });
        Assert.NotNull((await client.ExchangeAsync(Request, Cancel)).Message);
        _isAccepted = false;
        _time.Advance(Kept);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.NotAuthenticated, exception.Fault);
        Assert.Single(_party.Received);
    }

    private PeerTrust Trust() => new([TestAuthority.Trusted.Anchor]) { Accepts = _ => _isAccepted, Time = _time };

    private Task<TcpListenerHost> ListenAsync(PeerTrust trust) => Loopback.ListenAsync(_party, options => options with { Clients = trust });

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by) => _now += by;
    }
}
