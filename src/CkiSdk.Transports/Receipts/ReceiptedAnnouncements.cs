using CkiSdk.Protocol;

namespace CkiSdk.Transports.Receipts;

/// <summary>Asks a server for announcements, one after the other, by the questions of <see cref="ReceiptedExchange"/>.</summary>
/// <param name="ask">Brings a question to the server.</param>
/// <param name="server">Says in errors who it is.</param>
internal sealed class ReceiptedAnnouncements(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<TransportAnswer>> ask, object server) : IDisposable
{
    private readonly SemaphoreSlim _asking = new(1, 1);
    private ReadOnlyMemory<byte>? _unacknowledged;

    /// <summary>Asks for the oldest announcement.</summary>
    /// <param name="acknowledgesPrevious">Whether the one before is done with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The announcement; null where there is none.</returns>
    /// <exception cref="CkiTransportException">The server does not answer, or refuses.</exception>
    public async ValueTask<DeliveredMessage?> NextAsync(bool acknowledgesPrevious, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ReadOnlyMemory<byte> question = acknowledgesPrevious && _unacknowledged is { } previous ? ReceiptedExchange.Receipt(previous) : default;
            var answer = await ask(question, cancellationToken).ConfigureAwait(false);
            if (answer.Refusal is { } refusal) throw new CkiTransportException(CkiTransportFault.Violation, $"{server} has no announcements to give: {refusal}");
            _unacknowledged = answer.Message;
            return answer.Message is { } octets ? new DeliveredMessage(octets, answer.Services, answer.Peer) : null;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _asking.Dispose();
}
