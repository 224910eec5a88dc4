using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Gives announcements to their recipients, one at a time, until each is acknowledged.</summary>
internal static class Outbox
{
    /// <summary>Returns the oldest announcement that a peer has not acknowledged; null where there is none, or where its way would not protect it enough.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> NextAsync(
        IOutboxStore store, Peer peer, SecurityServices services, ReadOnlyMemory<byte>? acknowledged, CancellationToken cancellationToken)
    {
        var recipient = peer.Name.Canonical;
        var next = await store.PeekAnnouncementAsync(recipient, cancellationToken).ConfigureAwait(false);
        if (next is not null && acknowledged is { } taken && taken.Span.SequenceEqual(next.Message.Span))
        {
            await store.RemoveAnnouncementAsync(recipient, next.Number, cancellationToken).ConfigureAwait(false);
            next = await store.PeekAnnouncementAsync(recipient, cancellationToken).ConfigureAwait(false);
        }

        // What waits may be a key (CKI Part 2 ¶38, ¶71): it goes nowhere that others could read. The order stays as it is, so what is behind it waits, too.
        return next is not null && Bodies.MaySend(PKIMessage.Decode(next.Message).Body, services) ? next.Message : default(ReadOnlyMemory<byte>?);
    }
}
