using System.Collections.Concurrent;
using System.Security.Cryptography;
using CkiSdk.Protocol;

namespace CkiSdk.Transports.Tests.Faults;

/// <summary>A party that does each request once, as every role does by its transaction (CKI profile section 4): one that comes again gets the answer of the first time, octet for octet.</summary>
internal sealed class OnceParty : IMessageHandler
{
    private readonly ConcurrentDictionary<string, byte[]> _answers = new(StringComparer.Ordinal);

    /// <summary>Gets what was delivered, in the order of arrival.</summary>
    public ConcurrentQueue<byte[]> Received { get; } = new();

    /// <summary>Gets the requests that were done, without repetitions.</summary>
    public IReadOnlyCollection<byte[]> Done => [.. _answers.Keys.Select(Convert.FromHexString)];

    /// <summary>Gets or sets what happens before a request is done.</summary>
    public Func<byte[], CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Gets or sets what happens between that and the answer.</summary>
    public Func<byte[], Task> After { get; set; } = _ => Task.CompletedTask;

    /// <summary>Makes a request that nobody has made before.</summary>
    public static byte[] NewRequest() => [0x30, 0x0E, .. RandomNumberGenerator.GetBytes(14)];

    /// <summary>Finds what the party has answered to a request.</summary>
    public byte[]? AnswerTo(byte[] request) => _answers.GetValueOrDefault(Convert.ToHexString(request));

    /// <summary>Forgets what was received and done so far.</summary>
    public void Forget()
    {
        Received.Clear();
        _answers.Clear();
    }

    public async ValueTask<HandlingResult> HandleAsync(DeliveredMessage message, CancellationToken cancellationToken = default)
    {
        var request = message.Octets.ToArray();
        Received.Enqueue(request);
        await Before(request, cancellationToken);
        var answer = _answers.GetOrAdd(Convert.ToHexString(request), _ => [0x30, 0x10, .. RandomNumberGenerator.GetBytes(16)]);
        await After(request);
        return new HandlingResult.Answer(answer);
    }

    public ValueTask<ReadOnlyMemory<byte>?> NextAnnouncementAsync(Peer peer, SecurityServices services, ReadOnlyMemory<byte>? acknowledged, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>?>(null);

    public ValueTask<WaitingAnnouncement?> AnnouncementAfterAsync(Peer peer, SecurityServices services, long after, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<WaitingAnnouncement?>(null);
}
