using System.Collections.Concurrent;
using CkiSdk.Protocol;

namespace CkiSdk.Transports.Tests.Contract;

/// <summary>A party whose answers the test writes. Without a script it answers a message by the same octets in reverse.</summary>
internal sealed class ScriptedParty : IMessageHandler
{
    private readonly ConcurrentQueue<byte[]> _outbox = new();

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

    public void Announce(params byte[] message) => _outbox.Enqueue(message);

    public ValueTask<HandlingResult> HandleAsync(DeliveredMessage message, CancellationToken cancellationToken = default)
    {
        Received.Enqueue(message);
        return Script(message, cancellationToken);
    }

    public ValueTask<ReadOnlyMemory<byte>?> NextAnnouncementAsync(
        Peer peer, SecurityServices services, ReadOnlyMemory<byte>? acknowledged, CancellationToken cancellationToken = default)
    {
        Askers.Enqueue(peer);
        if (acknowledged is { } taken && _outbox.TryPeek(out var oldest) && taken.Span.SequenceEqual(oldest)) _outbox.TryDequeue(out _);
        return ValueTask.FromResult(_outbox.TryPeek(out var next) ? new ReadOnlyMemory<byte>(next) : default(ReadOnlyMemory<byte>?));
    }
}
