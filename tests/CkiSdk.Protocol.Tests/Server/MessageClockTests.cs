using CkiSdk.Protocol.Pipeline;
using CkiSdk.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Shows that message times rise over processes and restarts, and do not lead further ahead of the clock than recipients tolerate (profile section 4, Order).</summary>
public sealed class MessageClockTests
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private readonly InMemoryCmaStore _store = new();
    private readonly FakeTimeProvider _time = new(Now);

    // A script with a command for each of a thousand users, faster than any clock.
    [Fact]
    public async Task AThousandProcesses_OneAfterTheOther_DoNotLeadAhead()
    {
        var last = DateTimeOffset.MinValue;
        for (var process = 0; process < 1000; process++)
        {
            var clock = new MessageClock(_store, _time);
            for (var message = 0; message < 3; message++)
            {
                var next = await clock.NextAsync(TestContext.Current.CancellationToken);
                Assert.True(next > last);
                last = next;
            }
        }

        Assert.InRange(last - Now, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task AfterAReset_TimesAreLater_ThanThoseOfOthers()
    {
        var (one, other) = (new MessageClock(_store, _time), new MessageClock(_store, _time));
        var before = await one.NextAsync(TestContext.Current.CancellationToken);
        var foreign = await other.NextAsync(TestContext.Current.CancellationToken);
        Assert.True(foreign > before);
        Assert.True(await one.NextAsync(TestContext.Current.CancellationToken) < foreign);
        one.Reset();
        Assert.True(await one.NextAsync(TestContext.Current.CancellationToken) > foreign);
    }

    // Whoever announces on and on writes once a second, and not for each message.
    [Fact]
    public async Task WhoGoesOn_NeedsFewWrites()
    {
        var store = World.CountingStore.Around(_store);
        var clock = new MessageClock(store, _time);
        for (var message = 0; message < 10_000; message++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await clock.NextAsync(TestContext.Current.CancellationToken);
        }

        Assert.InRange(World.CountingStore.Calls(store, nameof(Storage.ICmaStore.ReserveMessageTimesAsync)), 10, 25);
    }
}
