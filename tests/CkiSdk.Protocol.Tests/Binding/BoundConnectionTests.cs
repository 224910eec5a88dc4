using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Client;

namespace CkiSdk.Protocol.Tests.Binding;

/// <summary>Checks the nonces of a bound connection (CKI Part 2 ¶136): each one up from the one before, and anything else ends it.</summary>
public sealed class BoundConnectionTests : IAsyncLifetime
{
    private BindParties _parties = null!;
    private BoundConnection _client = null!;
    private BoundConnection _server = null!;

    public async ValueTask InitializeAsync()
    {
        _parties = await BindParties.Create();
        (_client, _server) = await _parties.Bind();
    }

    public ValueTask DisposeAsync()
    {
        _parties.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Nonces_CountOn_FromTheRandom_WithCarries()
    {
        var random = (byte[])[.. new byte[13], 1, 0xFF, 0xFE];
        var message = await _parties.Craft(craft => craft with { Random = [.. random, .. craft.Random[16..]] });
        var server = Assert.IsType<BindOutcome.Bound>(await _parties.Responder.AnswerAsync(message.Encode(), BindParties.Channel)).Connection;
        foreach (var expected in new byte[][] { [1, 0xFF, 0xFF], [2, 0, 0], [2, 0, 1] }) server.Receive(WithNonce([.. new byte[13], .. expected]));
        Assert.Throws<CkiProtocolException>(() => server.Receive(WithNonce([.. new byte[13], 2, 0, 1])));
    }

    [Fact]
    public async Task Nonces_GoOnAtZero_AfterTheGreatest()
    {
        var greatest = Enumerable.Repeat((byte)0xFF, 16).ToArray();
        var message = await _parties.Craft(craft => craft with { Random = [.. greatest, .. craft.Random[16..]] });
        Assert.IsType<BindOutcome.Bound>(await _parties.Responder.AnswerAsync(message.Encode(), BindParties.Channel)).Connection.Receive(WithNonce(new byte[16]));
    }

    [Fact]
    public async Task Exchanges_Work_AndTheAgentGetsItsOwnNonceBack()
    {
        for (var count = 0; count < 3; count++)
        {
            var request = _parties.A1.Agent.RequestSendCertificate(_parties.World.Now.AddDays(count));
            var received = _server.Receive(_client.Send(request.Octets));
            Assert.NotEqual(request.Octets.ToArray(), received.ToArray());
            var answer = Assert.IsType<HandlingResult.Answer>(await _parties.Cma.Cma.HandleAsync(new DeliveredMessage(received, _server.Services, _server.Peer)));
            var result = await request.CompleteAsync(new DeliveredMessage(_client.Receive(_server.Send(answer.Message)), _client.Services, _client.Peer));
            Assert.IsType<SendCertificateResult.Granted>(result).PrivateKey.Dispose();
        }
    }

    [Fact]
    public async Task AnAnnouncement_MayComeAgain_OnAnotherConnection()
    {
        await _parties.Cma.Cma.Administration.CreateLocalKeyAsync(TestDomain.KeyStart.AddDays(1), TestDomain.KeyEnd);
        var waiting = (await _parties.Cma.Cma.NextAnnouncementAsync(_server.Peer, _server.Services, null))!.Value;
        var first = _client.Receive(_server.Send(waiting));
        var (client, server) = await _parties.Bind();
        var second = client.Receive(server.Send(waiting));
        Assert.NotEqual(first.ToArray(), second.ToArray());
        var taken = await _parties.A1.Agent.AcceptAsync(new DeliveredMessage(first, _client.Services, _client.Peer));
        Assert.Same(taken, await _parties.A1.Agent.AcceptAsync(new DeliveredMessage(second, client.Services, client.Peer)));
    }

    [Fact]
    public void AGap_EndsTheConnection()
    {
        _client.Send(Request());
        AssertBroken(_client.Send(Request()));
    }

    [Fact]
    public void ARepeat_EndsTheConnection()
    {
        var sent = _client.Send(Request());
        _server.Receive(sent);
        AssertBroken(sent);
    }

    [Fact]
    public void AnotherOrder_EndsTheConnection()
    {
        var (_, second) = (_client.Send(Request()), _client.Send(Request()));
        AssertBroken(second);
    }

    [Fact]
    public void AMessageOfTheOtherDirection_EndsTheConnection() => AssertBroken(_server.Send(Request()));

    [Fact]
    public void AMessageThatWasNotNumbered_EndsTheConnection() => AssertBroken(Request());

    [Fact]
    public async Task ASecondBind_EndsTheConnection() =>
        AssertBroken(await new BindInitiator(_parties.Options, BindParties.Channel, _parties.World.Time).BeginAsync());

    [Fact]
    public void WhatIsNoMessage_EndsTheConnection_AndIsNotSent()
    {
        Assert.Throws<CkiProtocolException>(() => _server.Receive(new byte[] { 0x30, 0x00 }));
        Assert.Throws<ArgumentException>(() => _client.Send(new byte[] { 0x30, 0x00 }));
    }

    private void AssertBroken(ReadOnlyMemory<byte> octets) =>
        Assert.Contains("¶136", Assert.Throws<CkiProtocolException>(() => _server.Receive(octets)).Message, StringComparison.Ordinal);

    private ReadOnlyMemory<byte> Request() => _parties.A1.Agent.RequestSendCertificate(_parties.World.Now).Octets;

    private byte[] WithNonce(byte[] nonce)
    {
        var message = PKIMessage.Decode(Request());
        return (message with { Header = message.Header with { SenderNonce = (OctetString)nonce } }).Encode();
    }
}
