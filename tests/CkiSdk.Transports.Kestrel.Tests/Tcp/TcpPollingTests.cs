using CkiSdk.Pki.Names;
using CkiSdk.Protocol;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

public sealed class TcpPollingTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
    private static readonly TcpFrame Request = new TcpFrame.PkiMsg([0x30, 0x01]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reference_AsksForTheSameRequest_AlsoOnANewConnection()
    {
        var party = new ScriptedParty { Results = _ => new HandlingResult.Waiting(new byte[] { 0x30, 0x00 }, Time) };
        await using var listener = await Loopback.ListenAsync(party);
        TcpFrame.PartialMsgRep partial;
        await using (var client = await RawClient.AuthenticateAsync(listener.EndPoint))
        {
            await client.SendAsync(Request);
            partial = Assert.IsType<TcpFrame.PartialMsgRep>(await client.ReadAsync());
            Assert.NotEqual(0u, partial.Reference);
            Assert.Equal(1_900_000_000u, partial.CheckBack);
            Assert.Equal([0x30, 0x00], partial.Message.ToArray());

            await client.SendAsync(Request);
            Assert.Equal(partial, await client.ReadAsync());
        }

        await using (var client = await RawClient.AuthenticateAsync(listener.EndPoint))
        {
            await client.SendAsync(new TcpFrame.PollReq(partial.Reference));
            Assert.Equal(partial, await client.ReadAsync());
            party.Results = _ => new HandlingResult.Answer(new byte[] { 0x31, 0x00 });
            await client.SendAsync(new TcpFrame.PollReq(partial.Reference));
            Assert.Equal(new TcpFrame.FinalMsgRep([0x31, 0x00]), await client.ReadAsync());

            // Answered is answered; the request itself may come again.
            await client.SendAsync(new TcpFrame.PollReq(partial.Reference));
            Assert.IsType<TcpFrame.ErrorMsgRep>(await client.ReadAsync());
            await client.SendAsync(Request);
            Assert.Equal(new TcpFrame.FinalMsgRep([0x31, 0x00]), await client.ReadAsync());
        }

        Assert.All(party.Received, message => Assert.Equal([0x30, 0x01], message.Octets.ToArray()));
    }

    [Fact]
    public async Task Reference_BelongsTo_TheClient()
    {
        var party = new ScriptedParty { Results = _ => new HandlingResult.Waiting(new byte[] { 0x30, 0x00 }, Time) };
        await using var listener = await Loopback.ListenAsync(party);
        await using var owner = await RawClient.AuthenticateAsync(listener.EndPoint);
        await owner.SendAsync(Request);
        var partial = Assert.IsType<TcpFrame.PartialMsgRep>(await owner.ReadAsync());

        using var certificate = TestAuthority.Trusted.Certify(DistinguishedName.Parse("CN=A2,OU=Users,O=Domain A,C=GB"));
        await using var other = await RawClient.AuthenticateAsync(listener.EndPoint, certificate);
        await other.SendAsync(new TcpFrame.PollReq(partial.Reference));
        Assert.IsType<TcpFrame.ErrorMsgRep>(await other.ReadAsync());
        Assert.Single(party.Received);

        // A new certificate of the same name is the same client.
        using var renewed = TestAuthority.Trusted.Certify(TestAuthority.ClientName);
        await using var again = await RawClient.AuthenticateAsync(listener.EndPoint, renewed);
        await again.SendAsync(new TcpFrame.PollReq(partial.Reference));
        Assert.Equal(partial, await again.ReadAsync());
    }

    [Fact]
    public async Task UnknownReference_IsAnError_AndTheConnectionGoesOn()
    {
        await using var listener = await Loopback.ListenAsync(new ScriptedParty());
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        await client.SendAsync(new TcpFrame.PollReq(77));
        Assert.Contains("reference 77", Assert.IsType<TcpFrame.ErrorMsgRep>(await client.ReadAsync()).Text, StringComparison.Ordinal);
        await client.SendAsync(Request);
        Assert.Equal(new TcpFrame.FinalMsgRep([0x01, 0x30]), await client.ReadAsync());
    }

    [Fact]
    public async Task Reference_IsForgotten_WhenTheClientHasTooMany()
    {
        var party = new ScriptedParty { Results = _ => new HandlingResult.Waiting(new byte[] { 0x30, 0x00 }, Time) };
        await using var listener = await Loopback.ListenAsync(party, options => options with { ReferencesPerClient = 2 });
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        var references = new List<uint>();
        for (byte i = 0; i < 3; i++)
        {
            await client.SendAsync(new TcpFrame.PkiMsg([0x30, i]));
            references.Add(Assert.IsType<TcpFrame.PartialMsgRep>(await client.ReadAsync()).Reference);
        }

        Assert.Equal(3, references.Distinct().Count());
        await client.SendAsync(new TcpFrame.PollReq(references[0]));
        Assert.IsType<TcpFrame.ErrorMsgRep>(await client.ReadAsync());
        await client.SendAsync(new TcpFrame.PollReq(references[1]));
        Assert.IsType<TcpFrame.PartialMsgRep>(await client.ReadAsync());
    }

    [Fact]
    public async Task Transport_SendsTheRequestAgain_WhereItsReferenceIsForgotten()
    {
        var party = new ScriptedParty { Results = _ => new HandlingResult.Waiting(new byte[] { 0x30, 0x00 }, Time) };
        var listener = await Loopback.ListenAsync(party);
        var address = listener.EndPoint;
        await using var client = Loopback.Connect(address);
        Assert.True((await client.ExchangeAsync(new byte[] { 0x30, 0x01 }, Cancel)).IsWaiting);
        await listener.DisposeAsync();

        party.Results = _ => new HandlingResult.Answer(new byte[] { 0x31, 0x00 });
        await using var restarted = await Loopback.ListenAsync(party, options => options with { EndPoint = address });
        Assert.Equal([0x31, 0x00], (await AgainAsync()).Message!.Value.ToArray());

        // Where the client has not noticed yet that its connection has ended, it hears of it now; the next call connects anew.
        async Task<TransportAnswer> AgainAsync()
        {
            try
            {
                return await client.ExchangeAsync(new byte[] { 0x30, 0x01 }, Cancel);
            }
            catch (CkiTransportException cut) when (cut.Fault == CkiTransportFault.Cut)
            {
                return await client.ExchangeAsync(new byte[] { 0x30, 0x01 }, Cancel);
            }
        }
    }

    [Fact]
    public async Task Transport_Polls_APollRep()
    {
        var seen = new List<TcpFrame>();
        await using var server = new RawServer(async (stream, _) =>
        {
            seen.Add(await RawServer.ReadAsync(stream));
            await RawServer.WriteAsync(stream, new TcpFrame.PollRep(9, 5));
            seen.Add(await RawServer.ReadAsync(stream));
            await RawServer.WriteAsync(stream, new TcpFrame.FinalMsgRep([0x31, 0x00]));
            await RawServer.WaitForEndAsync(stream);
        });
        await using var client = Loopback.Connect(server.EndPoint);
        var waiting = await client.ExchangeAsync(new byte[] { 0x30, 0x01 }, Cancel);
        Assert.True(waiting.IsWaiting);
        Assert.Null(waiting.Message);
        Assert.Equal([0x31, 0x00], (await client.ExchangeAsync(new byte[] { 0x30, 0x01 }, Cancel)).Message!.Value.ToArray());
        Assert.Equal([Request, new TcpFrame.PollReq(9)], seen);
    }
}
