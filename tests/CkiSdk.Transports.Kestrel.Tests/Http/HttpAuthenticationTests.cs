using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Transports.Kestrel.Tests.Standing;
using CkiSdk.Transports.Kestrel.Tests.Tcp;
using CkiSdk.Transports.Tests.Contract;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Kestrel.Tests.Http;

/// <summary>Shows who talks with whom over HTTP.</summary>
public sealed class HttpAuthenticationTests
{
    private static readonly byte[] Request = [0x30, 0x00];
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);
    private readonly Clock _time = new();
    private readonly ScriptedParty _party = new();

    public static TheoryData<string, X509Certificate2> BadClients => new()
    {
        { "of another authority", TestAuthority.Foreign.Certify(TestAuthority.ClientName) },
        { "expired", TestAuthority.Trusted.Certify(TestAuthority.ClientName, startsInDays: -5, days: 2) },
        { "not valid yet", TestAuthority.Trusted.Certify(TestAuthority.ClientName, startsInDays: 2) },
        { "for servers alone", TestAuthority.Trusted.Certify(TestAuthority.ClientName, TestAuthority.ServerPurpose) },
    };

    public static TheoryData<string, X509Certificate2> BadServers => new()
    {
        { "of another authority", TestAuthority.Foreign.Certify(TestAuthority.ServerName) },
        { "of another name", TestAuthority.Trusted.Certify(DistinguishedName.Parse("CN=Other,O=Domain A,C=GB")) },
        { "expired", TestAuthority.Trusted.Certify(TestAuthority.ServerName, startsInDays: -5, days: 2) },
        { "for clients alone", TestAuthority.Trusted.Certify(TestAuthority.ServerName, TestAuthority.ClientPurpose) },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(BadClients))]
    public async Task Client_WhoIsNotAccepted_IsNotHeard(string row, X509Certificate2 certificate)
    {
        Assert.NotEmpty(row);
        await using var listener = await HttpLoopback.ListenAsync(_party);
        await using var client = HttpLoopback.Connect(listener.EndPoint, options => options with { Certificate = certificate });
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.True(exception.Fault is CkiTransportFault.NotAuthenticated or CkiTransportFault.Cut, exception.ToString());
        Assert.Empty(_party.Received);
        await HttpLoopback.AssertServesAsync(listener.EndPoint);
    }

    [Theory]
    [MemberData(nameof(BadServers))]
    public async Task Server_WhoIsNotExpected_GetsNothing(string row, X509Certificate2 certificate)
    {
        Assert.NotEmpty(row);
        await using var listener = await HttpLoopback.ListenAsync(_party, options => options with { Certificate = certificate });
        await using var client = HttpLoopback.Connect(listener.EndPoint);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.NotAuthenticated, exception.Fault);
        Assert.Contains("is not the server that is expected", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_party.Received);
    }

    [Fact]
    public async Task Client_WithoutACertificate_OrWithTls12_IsNotHeard()
    {
        await using var listener = await HttpLoopback.ListenAsync(_party);
        var request = "GET /.well-known/cmp/p/cki HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray();
        await using (var nobody = await RawClient.AuthenticateAsync(listener.EndPoint, certificate: null))
        {
            await nobody.SendAsync(request);
            Assert.Equal("", await HttpLoopback.ReadToEndAsync(nobody));
        }

        await Assert.ThrowsAnyAsync<Exception>(async () => await RawClient.AuthenticateAsync(listener.EndPoint, TestAuthority.Client, SslProtocols.Tls12));
        Assert.Empty(_party.Askers);
        await HttpLoopback.AssertServesAsync(listener.EndPoint);
    }

    [Fact]
    public async Task Server_WithTls12Alone_GetsNothing()
    {
        await using var server = new RawServer((_, _) => Task.CompletedTask, protocols: SslProtocols.Tls12);
        await using var client = HttpLoopback.Connect(server.EndPoint);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.True(exception.Fault is CkiTransportFault.NotAuthenticated or CkiTransportFault.Cut, exception.ToString());
    }

    [Fact]
    public void Transport_Rejects_ATrustThatNamesNobody_AndACertificateWithoutItsKey()
    {
        var address = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 9);
        Assert.Throws<ArgumentException>(() => HttpLoopback.Connect(address, options => options with { Server = Loopback.Trust }));
        Assert.Throws<ArgumentException>(() => HttpLoopback.Connect(address, options => options with { Certificate = X509CertificateLoader.LoadCertificate(TestAuthority.Client.RawData) }));
    }

    [Fact]
    public async Task Connections_AreMadeAnew_WithTheAnchorsAndTheTimeOfThen()
    {
        await using var listener = await HttpLoopback.ListenAsync(_party);
        var trust = new PeerTrust([TestAuthority.Foreign.Anchor], TestAuthority.ServerName) { Time = _time };
        await using var client = HttpLoopback.Connect(listener.EndPoint, options => options with { Server = trust });
        await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        trust.Replace([TestAuthority.Trusted.Anchor]);
        Assert.NotNull((await client.ExchangeAsync(Request, Cancel)).Message);
        _time.Advance(new DateTimeOffset(TestAuthority.Server.NotAfter) - _time.GetUtcNow() + Kept);
        await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Single(_party.Received);
    }
}
