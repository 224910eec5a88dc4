using System.Net;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Client;
using CkiSdk.Transports.Kestrel.Tcp;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

/// <summary>Clients that show by a bind who they are (CKI Part 2 §III.I, profile sections 6 and 7), over TLS that authenticates the server alone, and without TLS.</summary>
public sealed class TcpBindTests : IAsyncLifetime
{
    private BindingCma _cma = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cma = await BindingCma.Create();

    public ValueTask DisposeAsync()
    {
        _cma.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AUser_BindsOverTls_AndGetsKeyAndCertificate()
    {
        await using var listener = await Listen();
        await using var transport = Connect(listener);
        var client = new CkiClient(_cma.Agent, transport);
        Assert.Equal(1, await client.FetchAnnouncementsAsync(Cancel));
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(day => client.RequestSendCertificateAsync(DateTimeOffset.UtcNow.AddHours(day + 1), cancellationToken: Cancel)));
        Assert.All(results, result => Assert.IsType<SendCertificateResult.Granted>(result).PrivateKey.Dispose());
    }

    [Fact]
    public async Task Requests_AreAnswered_AfterTheConnectionWasCut()
    {
        await using var listener = await Listen(options => options with { IdleTimeout = TimeSpan.FromSeconds(2) });
        await using var transport = Connect(listener);
        var request = _cma.Agent.RequestSendCertificate(DateTimeOffset.UtcNow.AddHours(1));
        var first = await transport.ExchangeAsync(request.Octets, Cancel);
        await Task.Delay(TimeSpan.FromSeconds(4), Cancel);
        var second = await transport.ExchangeAsync(request.Octets, Cancel);
        var (one, other) = (PKIMessage.Decode(first.Message!.Value), PKIMessage.Decode(second.Message!.Value));
        Assert.Equal(one.Body.Encode(), other.Body.Encode());
        Assert.Equal(one.Header.RecipNonce, other.Header.RecipNonce);
        Assert.Equal(TestAuthority.ServerName, second.Peer!.Name);
    }

    [Fact]
    public async Task WithoutTls_NothingIsServed_ThatNeedsAService()
    {
        await using var listener = await Listen(options => options with { Certificate = null, Clients = null });
        await using var transport = Connect(listener, withTls: false);
        Assert.Null(await transport.NextAnnouncementAsync(false, Cancel));
        var request = _cma.Agent.RequestSendCertificate(DateTimeOffset.UtcNow.AddHours(1));
        var answer = await transport.ExchangeAsync(request.Octets, Cancel);
        Assert.Equal(SecurityServices.None, answer.Services);
        var content = Assert.IsType<PKIBody.CkiSCrp>(PKIMessage.Decode(answer.Message!.Value).Body).Value;
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, content.Status.FailInfo);
    }

    [Fact]
    public async Task ATokenForAnotherServerCertificate_IsRefused()
    {
        var other = TestAuthority.Trusted.Certify(TestAuthority.ServerName);
        await using var listener = await Listen(options => options with { Certificate = other });
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint, null);
        var relayed = await new BindInitiator(_cma.Options, BindChannel.Tls(TestAuthority.Server.RawData), TimeProvider.System).BeginAsync(Cancel);
        await client.SendAsync(new TcpFrame.PkiMsg(relayed));
        var answer = Assert.IsType<TcpFrame.FinalMsgRep>(await client.ReadAsync());
        Assert.Equal(PKIFailureInfo.InvalidCredentials, Assert.IsType<PKIBody.CkiBindrp>(PKIMessage.Decode(answer.Message.Memory).Body).Value.Status.FailInfo);
        await client.AssertClosedAsync();
    }

    [Fact]
    public async Task AServer_ThatIsNotTheOneExpected_IsNotTaken()
    {
        await using var listener = await Listen();
        await using var transport = Connect(listener, bind: _cma.Options with { Responder = TestAuthority.ClientName });
        var fault = await Assert.ThrowsAsync<CkiTransportException>(async () => await transport.ExchangeAsync(new byte[] { 0x30, 0x00 }, Cancel));
        Assert.Equal(CkiTransportFault.NotAuthenticated, fault.Fault);
    }

    [Theory]
    [InlineData("a poll")]
    [InlineData("another message")]
    [InlineData("no message")]
    public async Task ABind_ComesFirst(string what)
    {
        await using var listener = await Listen();
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint, null);
        await client.SendAsync(what switch
        {
            "a poll" => new TcpFrame.PollReq(0),
            "another message" => new TcpFrame.PkiMsg(_cma.Agent.RequestSendCertificate(DateTimeOffset.UtcNow).Octets),
            _ => new TcpFrame.PkiMsg([0x30, 0x00]),
        });
        Assert.IsType<TcpFrame.ErrorMsgRep>(await client.ReadAsync());
        await client.AssertClosedAsync();
    }

    [Theory]
    [InlineData("a message without its number")]
    [InlineData("a second bind")]
    public async Task ABrokenSequence_ClosesTheConnection(string what)
    {
        await using var listener = await Listen();
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint, null);
        var initiator = new BindInitiator(_cma.Options, BindChannel.Tls(TestAuthority.Server.RawData), TimeProvider.System);
        await client.SendAsync(new TcpFrame.PkiMsg(await initiator.BeginAsync(Cancel)));
        initiator.Complete(Assert.IsType<TcpFrame.FinalMsgRep>(await client.ReadAsync()).Message.Memory);
        var again = new BindInitiator(_cma.Options, BindChannel.Tls(TestAuthority.Server.RawData), TimeProvider.System);
        await client.SendAsync(new TcpFrame.PkiMsg(what == "a second bind" ? await again.BeginAsync(Cancel) : _cma.Agent.RequestSendCertificate(DateTimeOffset.UtcNow).Octets));
        Assert.Contains("¶136", Assert.IsType<TcpFrame.ErrorMsgRep>(await client.ReadAsync()).Text, StringComparison.Ordinal);
        await client.AssertClosedAsync();
    }

    [Fact]
    public async Task WhoHasNotBound_FillsNoMemory()
    {
        await using var listener = await Listen();
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint, null);
        await client.SendAsync("0001000100"); // the head of a frame of 65,537 octets
        Assert.Contains("65536", Assert.IsType<TcpFrame.ErrorMsgRep>(await client.ReadAsync()).Text, StringComparison.Ordinal);
        await client.AssertClosedAsync();
    }

    [Fact]
    public async Task WhoDoesNotBind_IsClosed_InTime()
    {
        await using var listener = await Listen(options => options with { HandshakeTimeout = TimeSpan.FromSeconds(1) });
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint, null);
        await client.AssertClosedAsync();
    }

    [Fact]
    public async Task Clients_WithCertificates_AreServedBeside()
    {
        await using var listener = await Listen();
        await using var transport = Loopback.Connect(listener.EndPoint);
        Assert.NotNull(await transport.NextAnnouncementAsync(false, Cancel));
        await using var stranger = await RawClient.AuthenticateAsync(listener.EndPoint, TestAuthority.Foreign.Certify(TestAuthority.ClientName));
        await stranger.AssertClosedAsync();
    }

    [Fact]
    public async Task ABind_OnAConnectionWithCertificates_IsNoMessageThatIsServed()
    {
        await using var listener = await Listen();
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        await client.SendAsync(new TcpFrame.PkiMsg(await new BindInitiator(_cma.Options, BindChannel.Tls(TestAuthority.Server.RawData), TimeProvider.System).BeginAsync(Cancel)));
        Assert.IsType<TcpFrame.ErrorMsgRep>(await client.ReadAsync());
        await client.AssertClosedAsync();
    }

    [Fact]
    public async Task ConnectionsOfAClient_AreCounted_AfterTheBind()
    {
        await using var listener = await Listen(options => options with { ConnectionsPerClient = 1 });
        await using var one = Connect(listener);
        Assert.NotNull(await one.NextAnnouncementAsync(false, Cancel));
        await using var two = Connect(listener);
        await Assert.ThrowsAsync<CkiTransportException>(async () => await two.NextAnnouncementAsync(false, Cancel));
    }

    [Fact]
    public async Task Options_WithoutAnyAuthentication_AreRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => TcpListenerHost.StartAsync(_cma.Cma, Loopback.ListenerOptions with { Clients = null }, Cancel));
        Assert.Throws<ArgumentException>(() => new TcpCkiTransport(new TcpTransportOptions { Host = "localhost", Certificate = null, Server = Loopback.Trust }));
        Assert.Throws<ArgumentException>(() => new TcpCkiTransport(new TcpTransportOptions { Host = "localhost", Certificate = TestAuthority.Client, Server = Loopback.Trust, Bind = _cma.Options }));
    }

    private Task<TcpListenerHost> Listen(Func<TcpListenerOptions, TcpListenerOptions>? change = null)
    {
        var options = Loopback.ListenerOptions with { Bind = _cma.Cma.Binds };
        return TcpListenerHost.StartAsync(_cma.Cma, change is null ? options : change(options), Cancel);
    }

    private TcpCkiTransport Connect(TcpListenerHost listener, bool withTls = true, BindOptions? bind = null) => new(new TcpTransportOptions
    {
        Host = IPAddress.Loopback.ToString(),
        Port = listener.EndPoint.Port,
        Certificate = null,
        Server = withTls ? Loopback.Trust : null,
        Bind = bind ?? _cma.Options,
    });
}
