namespace CkiSdk.Protocol;

/// <summary>Is a party as listeners see it: one function from delivered octets to an answer, and an outbox.</summary>
public interface IMessageHandler
{
    /// <summary>Handles one message. Never throws on input.</summary>
    /// <param name="message">The message as delivered.</param>
    /// <param name="cancellationToken">Cancels the handling; what was committed stays.</param>
    ValueTask<HandlingResult> HandleAsync(DeliveredMessage message, CancellationToken cancellationToken = default);

    /// <summary>Returns the oldest announcement that waits for a peer without a listener of its own (profile section 7).</summary>
    /// <param name="peer">The authenticated peer.</param>
    /// <param name="services">The services that the announcement will have on its way to him.</param>
    /// <param name="acknowledged">The announcement that the peer has taken, as returned before; it is not returned again. Null where he acknowledges none.</param>
    /// <param name="cancellationToken">Cancels the look into the outbox.</param>
    /// <returns>The DER of a PKIMessage; null where nothing waits.</returns>
    ValueTask<ReadOnlyMemory<byte>?> NextAnnouncementAsync(
        Peer peer, SecurityServices services, ReadOnlyMemory<byte>? acknowledged, CancellationToken cancellationToken = default);

    /// <summary>Returns the oldest announcement that waits for a peer together with its number, for transports whose peers acknowledge by number (profile section 7, HTTP).</summary>
    /// <param name="peer">The authenticated peer.</param>
    /// <param name="services">The services that the announcement will have on its way to him.</param>
    /// <param name="after">The number of an announcement that the peer has taken: it and those before it are not returned again. A number that none has, such as 0, acknowledges nothing.</param>
    /// <param name="cancellationToken">Cancels the look into the outbox.</param>
    /// <returns>The announcement; null where nothing waits.</returns>
    ValueTask<WaitingAnnouncement?> AnnouncementAfterAsync(Peer peer, SecurityServices services, long after, CancellationToken cancellationToken = default);
}
