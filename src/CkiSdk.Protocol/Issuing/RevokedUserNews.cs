using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Tells other authorities whom this CMA has revoked: all CMAs with which an interoperability key is shared (CKI Part 2 ¶113), and the TLCMA, which gives the first lists.</summary>
internal sealed class RevokedUserNews(CmaContext cma)
{
    /// <summary>Works out the announcements of a new list.</summary>
    public async ValueTask<IReadOnlyList<StoreChange>> TellAllAsync(IReadOnlyList<RevokedUser> users, CancellationToken cancellationToken)
    {
        var sharing = await SharingAsync(cancellationToken).ConfigureAwait(false);
        var told = InDomain(users);
        var changes = new List<StoreChange>();
        foreach (var peer in await cma.Store.ListPeersAsync(cancellationToken).ConfigureAwait(false))
        {
            if (IsTold(peer, sharing))
            {
                changes.AddRange(await AnnounceAsync(peer, told, cancellationToken).ConfigureAwait(false));
            }
        }

        return changes;
    }

    /// <summary>Works out the announcement of the present list to one authority, if it is told of lists.</summary>
    public async ValueTask<IReadOnlyList<StoreChange>> TellAsync(StoredPeer peer, CancellationToken cancellationToken)
    {
        return IsTold(peer, await SharingAsync(cancellationToken).ConfigureAwait(false))
            ? await AnnounceAsync(peer, await ListAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)
            : [];
    }

    /// <summary>Lists whom this CMA itself has revoked: a source tells its own view alone, else nobody could take it back.</summary>
    public async ValueTask<IReadOnlyList<RevokedUser>> ListAsync(CancellationToken cancellationToken) =>
        InDomain((await cma.Store.FindRevokedListAsync(RevokedList.Own, RevokedList.Own, cancellationToken).ConfigureAwait(false))?.Users ?? []);

    // Where a domain was narrowed, nobody takes a list with users who are not in it any more, nor what comes behind it.
    private IReadOnlyList<RevokedUser> InDomain(IReadOnlyList<RevokedUser> users) => [.. users.Where(user => cma.IsMine(DistinguishedName.Decode(user.Name)))];

    // The same for what is new and for the present state: who was told of a list would else not hear of its end.
    private static bool IsTold(StoredPeer peer, HashSet<string> sharing) => peer.Kinds.HasFlag(PartyKinds.Tlcma) || sharing.Contains(peer.CanonicalName);

    private async ValueTask<HashSet<string>> SharingAsync(CancellationToken cancellationToken)
    {
        var keys = await cma.Store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false);
        return keys.Where(key => key.NotAfter > cma.Now).Select(key => key.ExternalCma).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    private ValueTask<IReadOnlyList<StoreChange>> AnnounceAsync(StoredPeer peer, IReadOnlyList<RevokedUser> users, CancellationToken cancellationToken) => RevokedListNews.TellAsync(
        cma.Store, peer.CanonicalName, cma.Me, users, body => cma.AnnounceAsync(DistinguishedName.Decode(peer.Name), body, cancellationToken), cancellationToken);
}
