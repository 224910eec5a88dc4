using CkiSdk.Protocol;

namespace CkiSdk;

/// <summary>Carries messages to one party and its answers back.</summary>
/// <remarks>
/// A transport knows octets only, not what they mean. It may be used by several callers at once. After a
/// <see cref="CkiTransportException"/> it is still of use: the next call connects again.
/// </remarks>
public interface ICkiTransport : IAsyncDisposable
{
    /// <summary>Sends a request or an announcement and returns what the other side says.</summary>
    /// <remarks>
    /// An answer that is waiting is asked for again by the same octets: <see cref="CkiTransportExtensions.ExchangeToEndAsync"/> does it.
    /// To repeat a request is safe, because the other side handles each transaction once (CKI profile section 4).
    /// </remarks>
    /// <param name="request">The DER of one PKIMessage.</param>
    /// <param name="cancellationToken">Ends the wait; the request may have arrived nevertheless.</param>
    /// <exception cref="ArgumentException">The request is empty or longer than the transport carries.</exception>
    /// <exception cref="CkiTransportException">There was no answer.</exception>
    ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default);

    /// <summary>Asks the other side for the oldest announcement that waits there.</summary>
    /// <remarks>An announcement comes again until it is acknowledged, and may do so once more after a connection was cut.</remarks>
    /// <param name="acknowledgesPrevious">Whether the announcement returned last is done with and shall not come again.</param>
    /// <param name="cancellationToken">Ends the wait; the announcement is kept for the next call.</param>
    /// <returns>The announcement; null where none waits.</returns>
    /// <exception cref="CkiTransportException">There was no answer.</exception>
    ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default);
}
