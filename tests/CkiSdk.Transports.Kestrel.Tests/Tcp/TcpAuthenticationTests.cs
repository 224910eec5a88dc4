using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Transports.Kestrel.Tcp;
using CkiSdk.Transports.Tests.Contract;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

public sealed class TcpAuthenticationTests
{
    private static readonly byte[] Request = [0x30, 0x00];
    private static readonly DistinguishedName Other = DistinguishedName.Parse("CN=Other,O=Domain A,C=GB");

    /// <summary>Certificates that a listener refuses.</summary>
    public static TheoryData<string> WrongClients => ["absent", "of another authority", "expired", "not yet valid", "for servers only", "not for signatures", "without a name"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(WrongClients))]
    public async Task Listener_Refuses_AClientCertificate_AndServesTheNext(string which)
    {
        var party = new ScriptedParty();
        await using var listener = await Loopback.ListenAsync(party);
        using var certificate = MakeClient(which);
        await using var client = await AuthenticateAsync(listener, certificate);
        if (client is not null)
        {
            // Under TLS 1.3 the client has finished before the server looks at its certificate.
            await SendQuietlyAsync(client);
            await client.AssertClosedAsync();
        }

        Assert.Empty(party.Received);
        await Loopback.AssertServesAsync(listener);
    }

    [Fact]
    public async Task Transport_Reports_ThatItsCertificateIsNotAccepted()
    {
        await using var listener = await Loopback.ListenAsync(new ScriptedParty());
        using var certificate = TestAuthority.Foreign.Certify(TestAuthority.ClientName);
        await using var client = Loopback.Connect(listener.EndPoint, options => options with { Certificate = certificate });
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));

        // This listener sends no alert: it closes.
        Assert.Equal(CkiTransportFault.Cut, exception.Fault);
    }

    [Fact]
    public async Task Listener_Asks_TheConfigurationLast()
    {
        var party = new ScriptedParty();
        var trust = new PeerTrust([TestAuthority.Trusted.Anchor]) { Accepts = peer => !peer.Name.Equals(TestAuthority.ClientName) };
        await using var listener = await Loopback.ListenAsync(party, options => options with { Clients = trust });
        await using var refused = Loopback.Connect(listener.EndPoint);
        await Assert.ThrowsAsync<CkiTransportException>(async () => await refused.ExchangeAsync(Request, Cancel));

        using var certificate = TestAuthority.Trusted.Certify(Other, TestAuthority.ClientPurpose);
        await using var accepted = Loopback.Connect(listener.EndPoint, options => options with { Certificate = certificate });
        Assert.NotNull((await accepted.ExchangeAsync(Request, Cancel)).Message);
        Assert.Equal(Other, Assert.Single(party.Received).Sender!.Name);
    }

    [Theory]
    [InlineData("of another authority")]
    [InlineData("of another name")]
    [InlineData("expired")]
    [InlineData("for clients only")]
    public async Task Transport_Refuses_AServerCertificate(string which)
    {
        using var certificate = which switch
        {
            "of another authority" => TestAuthority.Foreign.Certify(TestAuthority.ServerName),
            "of another name" => TestAuthority.Trusted.Certify(Other),
            "expired" => TestAuthority.Trusted.Certify(TestAuthority.ServerName, days: 1),
            _ => TestAuthority.Trusted.Certify(TestAuthority.ServerName, TestAuthority.ClientPurpose),
        };
        var party = new ScriptedParty();
        await using var listener = await Loopback.ListenAsync(party, options => options with { Certificate = certificate });
        await using var client = Loopback.Connect(listener.EndPoint);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.NotAuthenticated, exception.Fault);
        Assert.Contains(which == "of another name" ? Other.ToString() : "path", exception.Message, StringComparison.Ordinal);
        Assert.Empty(party.Received);
    }

    [Fact]
    public async Task Listener_Refuses_Tls12()
    {
        await using var listener = await Loopback.ListenAsync(new ScriptedParty());
        await Assert.ThrowsAnyAsync<Exception>(() => RawClient.AuthenticateAsync(listener.EndPoint, TestAuthority.Client, SslProtocols.Tls12));
        await Loopback.AssertServesAsync(listener);
    }

    [Fact]
    public async Task Transport_Refuses_Tls12()
    {
        await using var server = new RawServer((_, _) => Task.CompletedTask, protocols: SslProtocols.Tls12);
        await using var client = Loopback.Connect(server.EndPoint);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.NotAuthenticated, exception.Fault);
    }

    [Fact]
    public void PeerTrust_Rejects_NoAnchor_AndAnAnchorSignedByAnother()
    {
        Assert.Throws<ArgumentException>(() => new PeerTrust([]));
        Assert.Throws<ArgumentException>(() => new PeerTrust([TestAuthority.PeerOf(TestAuthority.Client).Certificate]));
    }

    private static X509Certificate2? MakeClient(string which) => which switch
    {
        "absent" => null,
        "of another authority" => TestAuthority.Foreign.Certify(TestAuthority.ClientName),
        "expired" => TestAuthority.Trusted.Certify(TestAuthority.ClientName, days: 1),
        "not yet valid" => TestAuthority.Trusted.Certify(TestAuthority.ClientName, startsInDays: 1),
        "for servers only" => TestAuthority.Trusted.Certify(TestAuthority.ClientName, TestAuthority.ServerPurpose),
        "not for signatures" => TestAuthority.Trusted.Certify(TestAuthority.ClientName, usage: X509KeyUsageFlags.KeyEncipherment),
        "without a name" => TestAuthority.Trusted.Certify(DistinguishedName.Empty),
        _ => throw new ArgumentOutOfRangeException(nameof(which)),
    };

    private static async Task<RawClient?> AuthenticateAsync(TcpListenerHost listener, X509Certificate2? certificate)
    {
        try
        {
            return await RawClient.AuthenticateAsync(listener.EndPoint, certificate);
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            return null;
        }
    }

    private static async Task SendQuietlyAsync(RawClient client)
    {
        try
        {
            await client.SendAsync("00000003 00 3000");
        }
        catch (IOException)
        {
            // The server has closed already.
        }
    }
}
