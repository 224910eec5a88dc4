using CkiSdk.Protocol;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

public sealed class TcpPipeliningTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_SentAtOnce_AreHandledAndAnsweredInOrder()
    {
        var atOnce = 0;
        var most = 0;
        var party = new ScriptedParty();
        party.Script = async (message, cancel) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            await Task.Delay(message.Octets.Span[1] % 3, cancel);
            Interlocked.Decrement(ref atOnce);
            return new HandlingResult.Answer(ScriptedParty.Reverse(message.Octets));
        };
        await using var listener = await Loopback.ListenAsync(party);
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        var requests = Enumerable.Range(0, 100).SelectMany(number => new byte[] { 0, 0, 0, 3, 0, 0x30, (byte)number }).ToArray();
        await client.SendAsync(requests);
        for (var number = 0; number < 100; number++) Assert.Equal(new TcpFrame.FinalMsgRep([(byte)number, 0x30]), await client.ReadAsync());
        Assert.Equal(1, most);
        Assert.Equal(Enumerable.Range(0, 100), party.Received.Select(message => (int)message.Octets.Span[1]));
    }

    [Fact]
    public async Task Requests_SentAhead_WaitOnTheClientsSide()
    {
        var release = new TaskCompletionSource();
        var party = new ScriptedParty();
        party.Script = async (message, cancel) =>
        {
            await release.Task.WaitAsync(cancel);
            return new HandlingResult.Accepted();
        };
        await using var listener = await Loopback.ListenAsync(party);
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);

        // 64 MiB are more than all buffers between the two.
        var frame = new byte[64 * 1024];
        frame[1] = 0x00;
        frame[2] = 0xFF;
        frame[3] = 0xFC;
        var sending = Task.Run(
            async () =>
            {
                for (var i = 0; i < 1024; i++) await client.SendAsync(frame);
            },
            Cancel);
        while (party.Received.IsEmpty) await Task.Delay(10, Cancel);
        Assert.NotSame(sending, await Task.WhenAny(sending, Task.Delay(TimeSpan.FromSeconds(1), Cancel)));
        Assert.Single(party.Received);

        release.SetResult();
        for (var i = 0; i < 1024; i++) Assert.Equal(new TcpFrame.NegPollRep(), await client.ReadAsync());
        await sending;
    }

    [Fact]
    public async Task Clients_InParallel_GetTheirOwnAnswers()
    {
        var party = new ScriptedParty();
        await using var listener = await Loopback.ListenAsync(party);
        var clients = Enumerable.Range(0, 32).Select(async number =>
        {
            await using var client = Loopback.Connect(listener.EndPoint);
            for (var i = 0; i < 50; i++)
            {
                byte[] request = [0x30, (byte)number, (byte)i];
                var answer = await client.ExchangeAsync(request, Cancel);
                Assert.Equal(ScriptedParty.Reverse(request), answer.Message!.Value.ToArray());
            }
        });
        await Task.WhenAll(clients);
        Assert.Equal(32 * 50, party.Received.Count);
    }
}
