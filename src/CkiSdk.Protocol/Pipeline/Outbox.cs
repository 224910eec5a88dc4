using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Gives announcements to their recipients, one at a time, until each is acknowledged. What has waited for half the replay window makes place for the present state, because it would soon be refused, and so does what waited in a backup, because later announcements may have been taken (profile section 4).</summary>
/// <param name="party">This party.</param>
/// <param name="replayWindow">How old a message may be.</param>
/// <param name="present">Works out the announcements of the present state for a recipient, in canonical form, for whom some wait, the oldest first.</param>
internal sealed class Outbox(
    PartyContext party, TimeSpan replayWindow, Func<string, IReadOnlyList<PKIBody>, CancellationToken, ValueTask<IReadOnlyList<StoreChange>>> present)
{
    /// <summary>Returns the oldest announcement that a peer has not acknowledged; null where there is none, or where its way would not protect it enough.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(Peer peer, SecurityServices services, ReadOnlyMemory<byte>? acknowledged, CancellationToken cancellationToken)
    {
        var recipient = peer.Name.Canonical;
        if (acknowledged is { } taken && await party.Store.PeekAnnouncementAsync(recipient, cancellationToken).ConfigureAwait(false) is { } head && taken.Span.SequenceEqual(head.Message.Span))
        {
            await party.Store.RemoveAnnouncementAsync(recipient, head.Number, cancellationToken).ConfigureAwait(false);
        }

        return (await OldestAsync(recipient, services, cancellationToken).ConfigureAwait(false))?.Message;
    }

    /// <summary>Does the same for a peer who acknowledges by number, all up to it.</summary>
    public async ValueTask<WaitingAnnouncement?> NextAsync(Peer peer, SecurityServices services, long after, CancellationToken cancellationToken)
    {
        var (store, recipient) = (party.Store, peer.Name.Canonical);
        if (after > 0 && await store.PeekAnnouncementAsync(recipient, cancellationToken).ConfigureAwait(false) is { } head && head.Number <= after)
        {
            // A number that was never given out is a mistake of the peer's, and loses him nothing.
            IReadOnlyList<StoredAnnouncement> waiting = head.Number == after ? [head] : await store.ListAnnouncementsAsync(recipient, cancellationToken).ConfigureAwait(false);
            var taken = waiting.Any(announcement => announcement.Number == after) ? waiting.TakeWhile(announcement => announcement.Number <= after) : [];
            foreach (var announcement in taken)
            {
                await store.RemoveAnnouncementAsync(recipient, announcement.Number, cancellationToken).ConfigureAwait(false);
            }
        }

        return await OldestAsync(recipient, services, cancellationToken).ConfigureAwait(false) is { } next ? new WaitingAnnouncement(next.Number, next.Message) : null;
    }

    /// <summary>Renews what waits for anybody too long, so that those who are brought theirs get nothing old.</summary>
    public async ValueTask RenewAsync(CancellationToken cancellationToken)
    {
        foreach (var recipient in await party.Store.ListRecipientsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await party.Store.PeekAnnouncementAsync(recipient, cancellationToken).ConfigureAwait(false) is { } head && await IsOldAsync(head, cancellationToken).ConfigureAwait(false))
            {
                await RenewAsync(recipient, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<StoredAnnouncement?> OldestAsync(string recipient, SecurityServices services, CancellationToken cancellationToken)
    {
        var next = await party.Store.PeekAnnouncementAsync(recipient, cancellationToken).ConfigureAwait(false);
        if (next is not null && await IsOldAsync(next, cancellationToken).ConfigureAwait(false))
        {
            await RenewAsync(recipient, cancellationToken).ConfigureAwait(false);
            next = await party.Store.PeekAnnouncementAsync(recipient, cancellationToken).ConfigureAwait(false);
        }

        // What waits may be a key (CKI Part 2 ¶38, ¶71): it goes nowhere that others could read. The order stays as it is, so what is behind it waits, too.
        return next is not null && Bodies.MaySend(PKIMessage.Decode(next.Message).Body, services) ? next : null;
    }

    // All at once: the present state is what is new together with what is old, and times rise in the order in which announcements wait.
    private ValueTask RenewAsync(string recipient, CancellationToken cancellationToken) => party.CommitAsync(
        async () =>
        {
            var waiting = await party.Store.ListAnnouncementsAsync(recipient, cancellationToken).ConfigureAwait(false);
            if (waiting.Count == 0 || !await IsOldAsync(waiting[0], cancellationToken).ConfigureAwait(false))
            {
                return [];
            }

            var announcements = await present(recipient, [.. waiting.Select(announcement => PKIMessage.Decode(announcement.Message).Body)], cancellationToken).ConfigureAwait(false);
            return [new StoreChange.RemoveAnnouncements(recipient, waiting[^1].Number), .. announcements];
        },
        cancellationToken);

    private async ValueTask<bool> IsOldAsync(StoredAnnouncement announcement, CancellationToken cancellationToken) =>
        PKIMessage.Decode(announcement.Message).Header.MessageTime?.ToDateTimeOffset() is { } sent
        && (sent < party.Time.GetUtcNow() - (replayWindow / 2) || sent < (await party.Store.StateAsync(cancellationToken).ConfigureAwait(false)).ResumedAt);
}
