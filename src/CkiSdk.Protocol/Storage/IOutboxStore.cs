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
}
