using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Replaces what waits for an authority that was away for long: recipients refuse messages beyond the replay window (profile section 4), so it gets the present state instead of the old news.</summary>
/// <param name="party">This party.</param>
/// <param name="replayWindow">How old a message may be.</param>
/// <param name="present">Works out the announcements of the present state for a party.</param>
internal sealed class StaleAnnouncements(PartyContext party, TimeSpan replayWindow, Func<StoredPeer, CancellationToken, ValueTask<IReadOnlyList<StoreChange>>> present)
{
    /// <summary>Replaces what is older than half the window.</summary>
    /// <remarks>What is new is stored first. Where the process ends in between, both are there, and the next call goes on.</remarks>
    public async ValueTask ReplaceAsync(CancellationToken cancellationToken)
    {
        foreach (var peer in await party.Store.ListPeersAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await FindAsync(peer, cancellationToken).ConfigureAwait(false) is null)
            {
                continue;
            }

            await party.CommitAsync(() => present(peer, cancellationToken), cancellationToken).ConfigureAwait(false);
            while (await FindAsync(peer, cancellationToken).ConfigureAwait(false) is { } old)
            {
                await party.Store.RemoveAnnouncementAsync(peer.CanonicalName, old.Number, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<StoredAnnouncement?> FindAsync(StoredPeer peer, CancellationToken cancellationToken)
    {
        var head = await party.Store.PeekAnnouncementAsync(peer.CanonicalName, cancellationToken).ConfigureAwait(false);
        return head is not null && PKIMessage.Decode(head.Message).Header.MessageTime?.ToDateTimeOffset() < party.Time.GetUtcNow() - (replayWindow / 2) ? head : null;
    }
}
