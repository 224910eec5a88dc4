using System.Security.Cryptography;
using System.Text;

namespace CkiSdk.Transports.Tests.Faults;

/// <summary>The first part of the list of faults that every transport stands: what can happen to messages, and to those who handle them.</summary>
public abstract class MessageFaultContract : FaultContract
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LostMessage_IsAskedForAgain_AndDoneOnce(bool isRequest)
    {
        await using var way = await StartAsync(new OnceParty(), TimeSpan.FromSeconds(3));
        var request = OnceParty.NewRequest();
        await using (var client = await way.ConnectAsync())
        {
            CkiTransportException? lost = null;
            await way.LoseAsync(isRequest, async () => lost = await TryAsync(client, request));
            Assert.True(lost is { Fault: CkiTransportFault.Cut or CkiTransportFault.Unreachable or CkiTransportFault.TimedOut }, $"nothing was lost: {lost}");
            var first = way.Party.AnswerTo(request);
            Assert.Equal(isRequest, first is null);
            var answer = await AskAsync(client, request);
            Assert.Equal(first ?? way.Party.AnswerTo(request), answer);
        }

        await AssertServesOnAsync(way, request);
    }

    [Fact]
    public async Task DoubledRequest_IsDoneOnce_AndAnsweredAlike()
    {
        await using var way = await StartAsync(new OnceParty());
        var (request, whole) = (OnceParty.NewRequest(), default(byte[]));
        await using (var first = await way.ConnectAsync())
        {
            await using var second = await way.ConnectAsideAsync();
            var answers = await Task.WhenAll(AskAsync(first, request), AskAsync(second, request));
            Assert.All(answers, answer => Assert.Equal(way.Party.AnswerTo(request), answer));

            // The same octets once more and twice, by somebody who has recorded them.
            whole = await way.WrapAsync(request);
            for (var i = 0; i < 2; i++) await way.InjectAsync(whole);
            await way.SettleAsync();
            Assert.Equal(way.Party.AnswerTo(request), await AskAsync(first, request));
        }

        await AssertServesOnAsync(way, request);
    }

    [Fact]
    public async Task Requests_InAnotherOrder_GetTheirOwnAnswers()
    {
        var (early, late, lateIsDone) = (OnceParty.NewRequest(), OnceParty.NewRequest(), new TaskCompletionSource());
        var (party, earlyIsThere) = (new OnceParty(), new TaskCompletionSource());
        party.Before = async (request, cancel) =>
        {
            if (!request.AsSpan().SequenceEqual(early)) return;
            earlyIsThere.TrySetResult();
            await lateIsDone.Task.WaitAsync(cancel);
        };
        await using var way = await StartAsync(party);
        await using (var first = await way.ConnectAsync())
        {
            await using var second = await way.ConnectAsideAsync();
            var asked = AskAsync(first, early);
            await earlyIsThere.Task.WaitAsync(Cancel);
            Assert.Equal(await AskAsync(second, late), party.AnswerTo(late));
            Assert.False(asked.IsCompleted);
            lateIsDone.SetResult();
            Assert.Equal(await asked, party.AnswerTo(early));
        }

        await AssertServesOnAsync(way, early, late);
    }

    [Fact]
    public async Task PartOfAMessage_IsNoMessage()
    {
        await using var way = await StartAsync(new OnceParty());
        var request = OnceParty.NewRequest();
        var whole = await way.WrapAsync(request);
        foreach (var length in Spread(whole.Length / 2, 8)) await way.InjectAsync(whole[..length]);
        Assert.Empty(way.Party.Received);

        // At its end there may be octets that nobody misses.
        foreach (var length in Spread(whole.Length - (whole.Length / 2), 8)) await way.InjectAsync(whole[..((whole.Length / 2) + length)]);
        await way.SettleAsync();
        Assert.All(way.Party.Received, received => Assert.Equal(request, received));
        await way.InjectAsync(whole);
        while (way.Party.AnswerTo(request) is null) await Task.Delay(10, Cancel);
        await AssertServesOnAsync(way, request);
    }

    [Fact]
    public async Task HostileOctets_AreNoMessage()
    {
        await using var way = await StartAsync(new OnceParty());
        var whole = await way.WrapAsync(OnceParty.NewRequest());
        (string Description, byte[] Octets)[] everywhere =
        [
            ("nothing", []),
            ("an octet", [0]),
            ("the last octet that there is", [0xFF]),
            ("zeros", new byte[5000]),
            ("chance", RandomNumberGenerator.GetBytes(5000)),
            ("a sequence without an end", [0x30, 0x80]),
            ("a sequence of 4 GiB", [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]),
            ("another protocol", Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.2\r\n\r\n")),
        ];
        foreach (var (description, octets) in everywhere.Concat(way.Hostile(whole)))
        {
            await way.InjectAsync(octets);
            await way.SettleAsync();
            Assert.True(way.Party.Received.IsEmpty, description);
        }

        await AssertServesOnAsync(way);
    }

    [Fact]
    public async Task SlowParty_TimesOut_WhileOthersAreServed_AndItsAnswerComesLater()
    {
        var (slow, quick, party, release) = (OnceParty.NewRequest(), OnceParty.NewRequest(), new OnceParty(), new TaskCompletionSource());
        party.Before = async (request, cancel) =>
        {
            if (request.AsSpan().SequenceEqual(slow)) await release.Task.WaitAsync(cancel);
        };
        await using var way = await StartAsync(party, TimeSpan.FromSeconds(1));
        await using (var client = await way.ConnectAsync())
        {
            while (party.Received.IsEmpty)
            {
                var exception = await TryAsync(client, slow);
                Assert.True(exception is { Fault: CkiTransportFault.TimedOut }, exception?.ToString());
            }

            await using (var other = await way.ConnectAsideAsync()) Assert.Equal(await AskAsync(other, quick), party.AnswerTo(quick));
            Assert.Null(party.AnswerTo(slow));
            release.SetResult();
            Assert.Equal(await AskAsync(client, slow), party.AnswerTo(slow));
        }

        await AssertServesOnAsync(way, slow, quick);
    }

    [Fact]
    public async Task PartyThatFails_IsAskedAgain_AndItsReasonIsNotTold()
    {
        var (party, request, calls) = (new OnceParty(), OnceParty.NewRequest(), 0);
        party.Before = (_, _) => Interlocked.Increment(ref calls) is 1 or 3 ? throw new IOException(Secret) : Task.CompletedTask;
        party.After = _ => Interlocked.Increment(ref calls) == 3 ? throw new IOException(Secret) : Task.CompletedTask;
        await using var way = await StartAsync(party);
        await using (var client = await way.ConnectAsync()) Assert.Equal(await AskAsync(client, request), party.AnswerTo(request));
        Assert.True(party.Received.Count(received => received.AsSpan().SequenceEqual(request)) >= 3);
        await AssertServesOnAsync(way, request);
    }

    /// <summary>Serves a party by the transport.</summary>
    /// <param name="party">The party.</param>
    /// <param name="patience">How long clients wait for an answer; null for so long that only faults end it.</param>
    private protected abstract ValueTask<MessageWay> StartAsync(OnceParty party, TimeSpan? patience = null);
}
