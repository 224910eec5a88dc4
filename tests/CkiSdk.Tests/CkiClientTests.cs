using CkiSdk.Crypto.Software;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Tests;
using CkiSdk.Transports.InMemory;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Tests;

public sealed class CkiClientTests
{
    [Fact]
    public async Task Client_Warns_WhereKeysAreNotComputedInConstantTime()
    {
        using var domain = await TestDomain.Create();
        using var agent = domain.Agent(TestDomain.Provider with { DiffieHellman = new BouncyCastleDiffieHellman() });
        await using var transport = new InMemoryTransport(domain.Cma, TestUser.A1.Peer, new Peer(TestDomain.CmaName, domain.Options.Certificate));
        var log = new Recorder();
        _ = new CkiClient(agent, transport, domain.Time, log);
        Assert.Equal(LogLevel.Warning, Assert.Single(log.Levels));
    }

    [Fact]
    public async Task Client_SaysNothing_WhereKeysAreComputedInConstantTime()
    {
        using var domain = await TestDomain.Create();
        using var agent = domain.Agent();
        await using var transport = new InMemoryTransport(domain.Cma, TestUser.A1.Peer, new Peer(TestDomain.CmaName, domain.Options.Certificate));
        var log = new Recorder();
        _ = new CkiClient(agent, transport, domain.Time, log);
        Assert.Empty(log.Levels);
    }

    private sealed class Recorder : ILogger<CkiClient>
    {
        public List<LogLevel> Levels { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Levels.Add(logLevel);
    }
}
