using System.Net;
using CkiSdk.Transports.Tests.Contract;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Kestrel.Tests.Standing;

/// <summary>Shows that an open connection brings nothing more of a peer who is accepted no longer: enrolled anew, removed, expired.</summary>
public abstract class StandingContract
{
    /// <summary>A message.</summary>
    private protected static readonly byte[] Request = [0x30, 0x00];

    // How long what was found about a peer is kept.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);
    private readonly Clock _time = new();
    private bool _isAccepted = true;

    private protected ScriptedParty Party { get; } = new();

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhoIsAcceptedNoMore_IsNotHeard_OnAConnectionThatIsOpen_UntilHeIsAgain()
    {
        await using var server = await ListenAsync(Clients());
        await using var client = Connect(server.EndPoint, Server());
        await AssertHeardAsync(client);
        _isAccepted = false;
        _time.Advance(Kept);
        await AssertShutOutAsync(client);
        Assert.Single(Party.Received);
        await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel)); // a new connection is refused, too
        _isAccepted = true;
        _time.Advance(Kept);
        await AssertHeardAsync(client);
    }

    [Fact]
    public async Task WhoIsAcceptedNoMore_GetsNoAnnouncements_OnAConnectionThatIsOpen()
    {
        await using var server = await ListenAsync(Clients());
        await using var client = Connect(server.EndPoint, Server());
        Assert.Null(await client.NextAnnouncementAsync(acknowledgesPrevious: false, Cancel));
        Party.Announce(1, 2, 3);
        _isAccepted = false;
        _time.Advance(Kept);
        await Assert.ThrowsAsync<CkiTransportException>(async () => await client.NextAnnouncementAsync(acknowledgesPrevious: false, Cancel));
        Assert.Single(Party.Askers);
    }

    [Fact]
    public async Task AConnection_Ends_WhenItsAnchorIsRemoved_AndGoesOn_WhenOneIsAdded()
    {
        var clients = Clients();
        await using var server = await ListenAsync(clients);
        await using var client = Connect(server.EndPoint, Server());
        await AssertHeardAsync(client);
        clients.Replace([TestAuthority.Trusted.Anchor, TestAuthority.Foreign.Anchor]);
        _time.Advance(Kept);
        await AssertHeardAsync(client);
        clients.Replace([TestAuthority.Foreign.Anchor]);
        _time.Advance(Kept);
        await AssertShutOutAsync(client);
        Assert.Equal(2, Party.Received.Count);
    }

    [Fact]
    public async Task AConnection_Ends_WithTheCertificateOfTheClient()
    {
        await using var server = await ListenAsync(Clients());
        await using var client = Connect(server.EndPoint, Server());
        await AssertHeardAsync(client);
        _time.Advance(new DateTimeOffset(TestAuthority.Client.NotAfter) - _time.GetUtcNow() + Kept);
        await AssertShutOutAsync(client);
        Assert.Single(Party.Received);
    }

    [Fact]
    public async Task AServer_ThatIsAcceptedNoMore_GetsNothingMore_UntilItIsAgain()
    {
        await using var server = await ListenAsync(Server(name: false));
        var trust = new PeerTrust([TestAuthority.Trusted.Anchor], TestAuthority.ServerName) { Accepts = _ => _isAccepted, Time = _time };
        await using var client = Connect(server.EndPoint, trust);
        await AssertHeardAsync(client);
        _isAccepted = false;
        _time.Advance(Kept);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.NotAuthenticated, exception.Fault);
        Assert.Single(Party.Received);
        _isAccepted = true;
        _time.Advance(Kept);
        await AssertHeardAsync(client);
    }

    /// <summary>Lets the party be served to clients.</summary>
    private protected abstract Task<StandingServer> ListenAsync(PeerTrust clients);

    /// <summary>Makes a client of it.</summary>
    private protected abstract ICkiTransport Connect(IPEndPoint server, PeerTrust trust);

    /// <summary>Asserts that a request on the connection that is open says that its sender is accepted no more.</summary>
    private protected abstract Task AssertShutOutAsync(ICkiTransport client);

    private static async Task AssertHeardAsync(ICkiTransport client) => Assert.NotNull((await client.ExchangeAsync(Request, Cancel)).Message);

    private PeerTrust Clients() => new([TestAuthority.Trusted.Anchor]) { Accepts = _ => _isAccepted, Time = _time };

    private static PeerTrust Server(bool name = true) => new([TestAuthority.Trusted.Anchor], name ? TestAuthority.ServerName : null);
}
