using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

public sealed class TcpAnnouncementTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PollOfReference0_GivesOneEach_AndAcknowledgesTheOneBefore()
    {
        var party = new ScriptedParty();
        party.Announce(0x30, 0x01);
        party.Announce(0x30, 0x02);
        await using var listener = await Loopback.ListenAsync(party);
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        Assert.Equal(new TcpFrame.FinalMsgRep([0x30, 0x01]), await PollAsync(client));
        Assert.Equal(new TcpFrame.FinalMsgRep([0x30, 0x02]), await PollAsync(client));
        Assert.Equal(new TcpFrame.NegPollRep(), await PollAsync(client));
        Assert.Empty(party.Received);
    }

    [Fact]
    public async Task Announcement_ComesAgain_OnANewConnection()
    {
        var party = new ScriptedParty();
        party.Announce(0x30, 0x01);
        party.Announce(0x30, 0x02);
        await using var listener = await Loopback.ListenAsync(party);
        await using (var client = await RawClient.AuthenticateAsync(listener.EndPoint)) Assert.Equal(new TcpFrame.FinalMsgRep([0x30, 0x01]), await PollAsync(client));
        await using (var client = await RawClient.AuthenticateAsync(listener.EndPoint)) Assert.Equal(new TcpFrame.FinalMsgRep([0x30, 0x01]), await PollAsync(client));
    }

    [Fact]
    public async Task TwoConnections_AcknowledgeOnlyWhatEachHasSeen()
    {
        var party = new ScriptedParty();
        for (byte i = 1; i <= 3; i++) party.Announce(0x30, i);
        await using var listener = await Loopback.ListenAsync(party);
        await using var one = await RawClient.AuthenticateAsync(listener.EndPoint);
        await using var two = await RawClient.AuthenticateAsync(listener.EndPoint);
        Assert.Equal(new TcpFrame.FinalMsgRep([0x30, 1]), await PollAsync(one));
        Assert.Equal(new TcpFrame.FinalMsgRep([0x30, 1]), await PollAsync(two));
        Assert.Equal(new TcpFrame.FinalMsgRep([0x30, 2]), await PollAsync(one));

        // The second connection acknowledges the first announcement, not the second one, which it has not seen.
        Assert.Equal(new TcpFrame.FinalMsgRep([0x30, 2]), await PollAsync(two));
    }

    [Fact]
    public async Task Transport_LosesNothing_WhenAWaitIsCancelled()
    {
        var frames = new List<TcpFrame>();
        var release = new TaskCompletionSource();
        await using var server = new RawServer(async (stream, _) =>
        {
            frames.Add(await RawServer.ReadAsync(stream));
            await release.Task;
            await RawServer.WriteAsync(stream, new TcpFrame.FinalMsgRep([0x30, 0x01]));
            frames.Add(await RawServer.ReadAsync(stream));
            await RawServer.WriteAsync(stream, new TcpFrame.NegPollRep());
            await RawServer.WaitForEndAsync(stream);
        });
        await using var client = Loopback.Connect(server.EndPoint);
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.NextAnnouncementAsync(false, impatience.Token));
        release.SetResult();

        var announcement = await client.NextAnnouncementAsync(false, Cancel);
        Assert.Equal([0x30, 0x01], announcement!.Octets.ToArray());
        Assert.Single(frames);
        Assert.Null(await client.NextAnnouncementAsync(true, Cancel));
        Assert.Equal([new TcpFrame.PollReq(0), new TcpFrame.PollReq(0)], frames);
    }

    private static async Task<TcpFrame?> PollAsync(RawClient client)
    {
        await client.SendAsync(new TcpFrame.PollReq(0));
        return await client.ReadAsync();
    }
}
