using System.Collections.Concurrent;
using CkiSdk.TestSupport.Wires;

namespace CkiSdk.Transports.Tests.Faults;

/// <summary>The second part of the list of faults, for transports that have connections: what can happen on a wire, at any octet of a conversation, handshakes included.</summary>
public abstract class WireFaultContract : FaultContract
{
    /// <summary>Gets at how many places of each wire and direction the usual run makes its faults; the long run does so at every octet.</summary>
    private protected virtual int Places => 24;

    /// <summary>Gets how many conversations go on side by side.</summary>
    private protected virtual int Lanes => 2;

    /// <summary>Gets whether octets that were changed on the wire are told from others there.</summary>
    private protected virtual bool HasIntegrity => true;

    [Theory]
    [InlineData(WireDirection.ToServer)]
    [InlineData(WireDirection.ToClient)]
    public Task Cut_AfterAnyOctet_LosesNothing(WireDirection direction) => AtEachPlaceAsync(direction, Places, (wire, place) => wire.CutAfter(direction, place));

    [Theory]
    [InlineData(WireDirection.ToServer)]
    [InlineData(WireDirection.ToClient)]
    public async Task ChangedOctet_IsNoMessage(WireDirection direction)
    {
        if (HasIntegrity) await AtEachPlaceAsync(direction, Math.Max(2, Places / 4), (wire, place) => wire.ChangeAfter(direction, place), isAttack: true);
    }

    [Fact]
    public async Task OctetByOctet_IsReadAllTheSame()
    {
        await using var way = await StartAsync(new OnceParty());
        foreach (var wire in way.Wires) wire.PieceSize = 1;
        var request = OnceParty.NewRequest();
        await using (var client = await way.ConnectAsync()) Assert.Equal(await AskAsync(client, request), way.Party.AnswerTo(request));
        Assert.All(way.Wires, wire => Assert.True(wire.Passed(WireDirection.ToClient) > 0));
        await AssertServesOnAsync(way, request);
    }

    // At the beginning, in the middle and at the end of what goes over the wire.
    [Theory]
    [InlineData(WireDirection.ToServer)]
    [InlineData(WireDirection.ToClient)]
    public async Task WireThatStandsStill_TimesOut_WhileOthersAreServed(WireDirection direction)
    {
        await using var way = await StartAsync(new OnceParty(), TimeSpan.FromSeconds(2));
        var requests = new List<byte[]>();
        for (var number = 0; number < way.ClientWires; number++)
        {
            var wire = way.Wires[number];
            var length = await MeasureAsync(way, wire, direction, requests);
            foreach (var place in new[] { 0, length / 2 })
            {
                var (request, other) = (OnceParty.NewRequest(), OnceParty.NewRequest());
                requests.AddRange([request, other]);
                foreach (var each in way.Wires) each.CutAll();
                wire.Heal();
                wire.HoldAfter(direction, place);
                await using var client = await way.ConnectAsync();
                var asked = AskAsync(client, request, $"wire {number}, held after {place} octets");
                await using (var aside = await way.ConnectAsideAsync()) Assert.Equal(await AskAsync(aside, other), way.Party.AnswerTo(other));
                await Task.WhenAny(asked, UntilAsync(() => wire.Faults > 0));
                wire.Heal();
                Assert.Equal(await asked, way.Party.AnswerTo(request));
                await way.SettleAsync();
            }
        }

        await AssertServesOnAsync(way, [.. requests]);
    }

    /// <summary>Serves a party by the transport.</summary>
    /// <param name="party">The party.</param>
    /// <param name="patience">How long clients wait for an answer; null for so long that only faults end it.</param>
    private protected abstract ValueTask<FaultyWay> StartAsync(OnceParty party, TimeSpan? patience = null);

    private async Task AtEachPlaceAsync(WireDirection direction, int places, Action<CuttingProxy, long> expect, bool isAttack = false)
    {
        var lanes = new ConcurrentBag<(FaultyWay Way, List<byte[]> Requests)>();
        try
        {
            for (var i = 0; i < Lanes; i++) lanes.Add((await StartAsync(new OnceParty()), []));
            lanes.TryPeek(out var first);
            var rounds = new List<(int Wire, int Place)>();
            var lengths = new ConversationLengths(first.Way.Wires.Count);
            for (var wire = 0; wire < first.Way.Wires.Count; wire++)
            {
                var length = await MeasureAsync(first.Way, first.Way.Wires[wire], direction, first.Requests);
                lengths.Note(wire, length);
                TestContext.Current.TestOutputHelper?.WriteLine($"wire {wire}: {length} octets {direction}");
                rounds.AddRange((isAttack ? Enumerable.Range(0, places).Select(place => (int)(place * length / places)) : Spread(length, places)).Select(place => (wire, place)));
            }

            var faults = 0;
            await Parallel.ForEachAsync(rounds, new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = Cancel }, async (round, _) =>
            {
                lanes.TryTake(out var lane);
                var passed = await RoundAsync(lane.Way, lane.Requests, round.Wire, lengths.Within(round.Wire, round.Place), direction, expect, isAttack);
                if (passed is { } length) lengths.Note(round.Wire, length);
                else Interlocked.Increment(ref faults);
                lanes.Add(lane);
            });
            TestContext.Current.TestOutputHelper?.WriteLine($"{rounds.Count} conversations, {faults} faults");
            Assert.True(faults > rounds.Count * 2 / 3, $"only {faults} faults in {rounds.Count} conversations");
            foreach (var (way, requests) in lanes) await AssertServesOnAsync(way, [.. requests]);
        }
        finally
        {
            foreach (var (way, _) in lanes) await way.DisposeAsync();
        }
    }

    // Null where there was the fault; else how many octets the conversation had, which were fewer than that.
    private static async Task<long?> RoundAsync(FaultyWay way, List<byte[]> requests, int number, int place, WireDirection direction, Action<CuttingProxy, long> expect, bool isAttack)
    {
        var (wire, request) = (way.Wires[number], OnceParty.NewRequest());
        requests.Add(request);
        foreach (var each in way.Wires) each.CutAll();
        wire.Heal();
        var before = wire.Faults;
        expect(wire, place);
        var where = $"wire {number}, after {place} octets {direction}";
        await using (var client = await way.ConnectAsync())
        {
            var answer = await AskAsync(client, request, where, isAttack);
            Assert.True(way.Party.AnswerTo(request)?.SequenceEqual(answer), where);
            await way.SettleAsync();
        }

        var passed = wire.Passed(direction);
        wire.Heal();
        return wire.Faults > before ? null : passed;
    }

    // How many octets a conversation has, connecting included.
    private static async Task<long> MeasureAsync(FaultyWay way, CuttingProxy wire, WireDirection direction, List<byte[]> requests)
    {
        foreach (var each in way.Wires) each.CutAll();
        wire.Heal();
        var request = OnceParty.NewRequest();
        requests.Add(request);
        await using (var client = await way.ConnectAsync()) await AskAsync(client, request);
        await way.SettleAsync();
        return wire.Passed(direction);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo()) await Task.Delay(10, Cancel);
    }
}
