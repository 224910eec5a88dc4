namespace CkiSdk.Protocol.Storage;

/// <summary>Keeps announcements until their recipients have acknowledged them.</summary>
public interface IOutboxStore
{
    /// <summary>Returns the oldest announcement in a peer's outbox; null where it is empty.</summary>
    /// <param name="recipient">The peer's name in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<StoredAnnouncement?> PeekAnnouncementAsync(string recipient, CancellationToken cancellationToken = default);

    /// <summary>Lists the announcements in a peer's outbox, the oldest first.</summary>
    /// <param name="recipient">The peer's name in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<StoredAnnouncement>> ListAnnouncementsAsync(string recipient, CancellationToken cancellationToken = default);

    /// <summary>Takes an announcement out of a peer's outbox, if it is there.</summary>
    /// <param name="recipient">The peer's name in canonical form.</param>
    /// <param name="number">The announcement's number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask RemoveAnnouncementAsync(string recipient, long number, CancellationToken cancellationToken = default);

    /// <summary>Lists for whom announcements wait, in canonical form.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<string>> ListRecipientsAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes it on to bring the announcements in a peer's outbox, or goes on with that, so that of several processes on one store one alone brings each of them.</summary>
    /// <param name="recipient">The peer's name in canonical form.</param>
    /// <param name="duration">For how long; afterwards another process may take it on, because this one may have died.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False where another process has taken it on. A store that one process alone delivers from always returns true.</returns>
    ValueTask<bool> TryTakeDeliveryAsync(string recipient, TimeSpan duration, CancellationToken cancellationToken = default) => ValueTask.FromResult(true);

    /// <summary>Leaves it to others to bring the announcements in a peer's outbox.</summary>
    /// <param name="recipient">The peer's name in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask EndDeliveryAsync(string recipient, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
