using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Shows that two processes on one store, such as a running CMA and an operator's command, announce in the order of their times, so that agents take all of it.</summary>
public sealed class TwoProcessesTests
{
    [Fact]
    public async Task Announcements_OfBoth_AreTakenInTheirOrder()
    {
        using var world = await TestWorld.Create();
        var cma = await world.Add("A");
        using var other = new Cma(cma.Options, cma.Store, TestWorld.Provider, world.Time);
        var agent = await cma.Enrol("CN=A1,O=Domain A,C=GB");
        for (var round = 0; round < 5; round++)
        {
            // Neither waits for the end of the second that its times are from.
            await cma.Cma.Administration.CreateLocalKeyAsync(TestDomain.KeyStart.AddMinutes(2 * round), TestDomain.KeyEnd);
            await other.Administration.CreateLocalKeyAsync(TestDomain.KeyStart.AddMinutes((2 * round) + 1), TestDomain.KeyEnd);
        }

        Assert.Equal(10, (await agent.Fetch()).Count);
    }
}
