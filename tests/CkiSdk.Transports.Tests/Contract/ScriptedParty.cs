using System.Collections.Concurrent;
using CkiSdk.Protocol;

namespace CkiSdk.Transports.Tests.Contract;

/// <summary>A party whose answers the test writes. Without a script it answers a message by the same octets in reverse.</summary>
internal sealed class ScriptedParty : IMessageHandler
{
    private readonly ConcurrentQueue<WaitingAnnouncement> _outbox = new();
    private long _lastNumber;

    /// <summary>Gets what was delivered, in the order of arrival.</summary>
    public ConcurrentQueue<DeliveredMessage> Received { get; } = new();

    /// <summary>Gets who asked for announcements.</summary>
    public ConcurrentQueue<Peer> Askers { get; } = new();

    /// <summary>Gets or sets what the party does with a message.</summary>
    public Func<DeliveredMessage, CancellationToken, ValueTask<HandlingResult>> Script { get; set; } =
        (message, _) => ValueTask.FromResult<HandlingResult>(new HandlingResult.Answer(Reverse(message.Octets)));

    /// <summary>Sets a script that needs no waiting.</summary>
    public Func<DeliveredMessage, HandlingResult> Results { set => Script = (message, _) => ValueTask.FromResult(value(message)); }

    public static byte[] Reverse(ReadOnlyMemory<byte> octets)
    {
        var copy = octets.ToArray();
        Array.Reverse(copy);
        return copy;
    }

    public void Announce(params byte[] message) => _outbox.Enqueue(new WaitingAnnouncement(Interlocked.Increment(ref _lastNumber), message));

    public ValueTask<HandlingResult> HandleAsync(DeliveredMessage message, CancellationToken cancellationToken = default)
    {
        Received.Enqueue(message);
        return Script(message, cancellationToken);
    }

    public ValueTask<ReadOnlyMemory<byte>?> NextAnnouncementAsync(
        Peer peer, SecurityServices services, ReadOnlyMemory<byte>? acknowledged, CancellationToken cancellationToken = default)
    {
        var number = acknowledged is { } taken && _outbox.TryPeek(out var oldest) && taken.Span.SequenceEqual(oldest.Message.Span) ? oldest.Number : 0;
        return ValueTask.FromResult(Next(peer, number)?.Message);
    }

    public ValueTask<WaitingAnnouncement?> AnnouncementAfterAsync(Peer peer, SecurityServices services, long after, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Next(peer, after));

    private WaitingAnnouncement? Next(Peer peer, long after)
    {
        Askers.Enqueue(peer);
        if (_outbox.Any(announcement => announcement.Number == after))
        {
            while (_outbox.TryPeek(out var oldest) && oldest.Number <= after) _outbox.TryDequeue(out _);
        }

        return _outbox.TryPeek(out var next) ? next : null;
    }
}
