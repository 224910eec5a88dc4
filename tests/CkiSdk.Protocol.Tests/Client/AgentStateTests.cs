using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Client;

/// <summary>Shows that an agent goes on in a later run where it was, and takes once more what nobody knows to be acknowledged.</summary>
public sealed class AgentStateTests
{
    private static readonly DateTimeOffset Now = TestDomain.Now;

    [Fact]
    public async Task Agent_GoesOn_WithSeedsAuthoritiesAndLists()
    {
        using var world = await TestWorld.Create();
        var (a, b) = (await world.Add("A"), await world.Add("B"));
        await TestWorld.Share(a, b, Now.AddDays(-1), Now.AddDays(100));
        await a.Cma.MaintainAsync();
        var (a1, b1) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await b.Enrol("CN=B1,O=Domain B,C=GB"));
        var receive = await a1.Receive(b1, Now);
        Assert.IsType<ExternalSeedKeyResult.Granted>(await b1.AskSeed(receive));

        var later = Later(world, b1);
        Assert.True(later.Agent.HasSeed(receive));
        using var key = await later.Agent.DeriveKeyAsync(receive, DatedKeyUsage.Receive);
        Assert.Equal(a.Options.Certificate, later.Agent.FindAuthority(receive));
        Assert.NotNull(Later(world, a1).Agent.FindCrl(a.Options.Certificate));
        Assert.IsType<ExternalSeedKeyResult.Granted>(await later.AskSeed(receive));
    }

    [Fact]
    public async Task LastAnnouncement_MayComeOnceMore_AndNoneBeforeIt()
    {
        using var world = await TestWorld.Create();
        var cma = await world.Add("A");
        var agent = await cma.Enrol("CN=A1,O=Domain A,C=GB");
        await cma.Cma.Administration.CreateLocalKeyAsync(TestDomain.KeyStart.AddMinutes(1), TestDomain.KeyEnd);
        await cma.Cma.Administration.CreateLocalKeyAsync(TestDomain.KeyStart.AddMinutes(2), TestDomain.KeyEnd);
        var first = (await cma.Cma.NextAnnouncementAsync(agent.User.Peer, SecurityServices.All, acknowledged: null))!.Value;
        var second = (await cma.Cma.NextAnnouncementAsync(agent.User.Peer, SecurityServices.All, first))!.Value;
        await agent.Agent.AcceptAsync(cma.Deliver(first));
        await agent.Agent.AcceptAsync(cma.Deliver(second));

        var later = Later(world, agent);
        Assert.IsType<AgentAnnouncement.SeedKey>(await later.Agent.AcceptAsync(cma.Deliver(second)));
        await Assert.ThrowsAsync<CkiProtocolException>(() => later.Agent.AcceptAsync(cma.Deliver(first)).AsTask());
    }

    private static TestAgent Later(TestWorld world, TestAgent agent)
    {
        var next = new UserAgent(
            new UserAgentOptions { User = agent.Name, CmaCertificate = agent.Cma.Options.Certificate, Encryption = agent.User.Encryption, Anchors = [world.Anchor] }, TestWorld.Provider, world.Time);
        using var state = agent.Agent.Save();
        next.Restore(state);
        return agent with { Agent = next };
    }
}
