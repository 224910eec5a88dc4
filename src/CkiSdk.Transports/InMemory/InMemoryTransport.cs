using CkiSdk.Protocol;

namespace CkiSdk.Transports.InMemory;

/// <summary>Joins a client and a party of the same process.</summary>
/// <param name="party">The party.</param>
/// <param name="client">Who the party takes the client for; null for nobody.</param>
/// <param name="server">Who the client takes the party for; null for nobody.</param>
/// <param name="services">The services that messages are said to have both ways.</param>
public sealed class InMemoryTransport(IMessageHandler party, Peer? client, Peer? server, SecurityServices services = SecurityServices.All) : ICkiTransport
{
    private readonly SemaphoreSlim _asking = new(1, 1);
    private ReadOnlyMemory<byte>? _unacknowledged;

    /// <inheritdoc/>
    public async ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default)
    {
        if (request.IsEmpty) throw new ArgumentException("The request is empty.", nameof(request));
        cancellationToken.ThrowIfCancellationRequested();
        var result = await party.HandleAsync(new DeliveredMessage(request, services, client), cancellationToken).ConfigureAwait(false);
        var answer = new TransportAnswer { Services = services, Peer = server };
        return result switch
        {
            HandlingResult.Answer final => answer with { Message = final.Message },
            HandlingResult.Waiting waiting => answer with { Message = waiting.Message, CheckBack = waiting.NotBefore },
            HandlingResult.Refused refused => answer with { Refusal = refused.Text },
            _ => answer,
        };
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The client is nobody, and announcements wait for somebody.</exception>
    public async ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default)
    {
        var peer = client ?? throw new InvalidOperationException("The client is nobody, and announcements wait for somebody.");
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var acknowledged = acknowledgesPrevious ? _unacknowledged : null;
            _unacknowledged = await party.NextAnnouncementAsync(peer, services, acknowledged, cancellationToken).ConfigureAwait(false);
            return _unacknowledged is { } octets ? new DeliveredMessage(octets, services, server) : null;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _asking.Dispose();
        return ValueTask.CompletedTask;
    }
}
