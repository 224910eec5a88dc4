using CkiSdk.Protocol;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Tests;

public sealed class CkiServerTests
{
    private static readonly DeliveredMessage Message = new(new byte[] { 0x30, 0x03, 0xCA, 0xFE, 0x77 }, SecurityServices.Integrity, null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_Returns_WhatThePartySays_AndLogsNoOctets()
    {
        var answer = new HandlingResult.Answer(new byte[] { 0x30, 0x02, 0xBE, 0xEF });
        var log = new Recorder();
        var server = new CkiServer(new Party(() => answer), log);
        Assert.Same(answer, await server.HandleAsync(Message, Cancel));
        var (level, text) = Assert.Single(log.Entries);
        Assert.Equal(LogLevel.Information, level);
        Assert.StartsWith("5 octets from (null) (Integrity): Answer in ", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)cafe|ca-fe|beef|be-ef", text);
    }

    [Fact]
    public async Task Handle_LogsWhy_AMessageIsRefused()
    {
        var log = new Recorder();
        var server = new CkiServer(new Party(() => new HandlingResult.Refused("no PKIMessage")), log);
        Assert.IsType<HandlingResult.Refused>(await server.HandleAsync(Message, Cancel));
        var (level, text) = Assert.Single(log.Entries);
        Assert.Equal(LogLevel.Warning, level);
        Assert.EndsWith("no PKIMessage", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_LogsAndPassesOn_AFaultOfTheParty()
    {
        var log = new Recorder();
        var server = new CkiServer(new Party(() => throw new IOException("disk full")), log);
        await Assert.ThrowsAsync<IOException>(async () => await server.HandleAsync(Message, Cancel));
        Assert.Equal(LogLevel.Error, Assert.Single(log.Entries).Level);
    }

    [Fact]
    public async Task NextAnnouncement_IsThePartys()
    {
        var server = new CkiServer(new Party(() => new HandlingResult.Accepted()));
        var announcement = await server.NextAnnouncementAsync(null!, SecurityServices.All, null, Cancel);
        Assert.Equal([0x30, 0x00], announcement!.Value.ToArray());
        Assert.Equal(8, (await server.AnnouncementAfterAsync(null!, SecurityServices.All, 7, Cancel))!.Number);
    }

    private sealed class Party(Func<HandlingResult> script) : IMessageHandler
    {
        public ValueTask<HandlingResult> HandleAsync(DeliveredMessage message, CancellationToken cancellationToken = default) => ValueTask.FromResult(script());

        public ValueTask<ReadOnlyMemory<byte>?> NextAnnouncementAsync(
            Peer peer, SecurityServices services, ReadOnlyMemory<byte>? acknowledged, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<ReadOnlyMemory<byte>?>(new byte[] { 0x30, 0x00 });

        public ValueTask<WaitingAnnouncement?> AnnouncementAfterAsync(Peer peer, SecurityServices services, long after, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<WaitingAnnouncement?>(new WaitingAnnouncement(after + 1, new byte[] { 0x30, 0x01 }));
    }

    private sealed class Recorder : ILogger<CkiServer>
    {
        public List<(LogLevel Level, string Text)> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add((logLevel, formatter(state, exception)));
    }
}
