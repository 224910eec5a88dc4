using CkiSdk.Protocol.Client;

namespace CkiSdk.Protocol.Tests;

/// <summary>Adds to agents what tests often do.</summary>
internal static class TestAgents
{
    /// <summary>Takes an announcement that must be a seed key, and returns its identifier.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> AcceptSeedKeyAsync(
        this UserAgent agent, DeliveredMessage delivered, CancellationToken cancellationToken = default) =>
        Assert.IsType<AgentAnnouncement.SeedKey>(await agent.AcceptAsync(delivered, cancellationToken)).Identifier;
}
