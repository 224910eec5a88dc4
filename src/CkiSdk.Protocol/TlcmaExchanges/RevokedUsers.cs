using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.TlcmaExchanges;

/// <summary>Works out what a revoked user list changes at a TLCMA: it is kept, and all CMAs that share a key with the domain are told.</summary>
internal sealed class RevokedUsers(TlcmaContext tlcma)
{
    /// <summary>Works out the changes.</summary>
    /// <param name="list">The list of one source.</param>
    /// <param name="cma">The CMA of the domain.</param>
    /// <param name="tellHome">Whether that CMA is told, too, as of a list that the TLCMA itself has made.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The changes; none where the list is not newer than the last from its source.</returns>
    public async ValueTask<IReadOnlyList<StoreChange>> ReplaceAsync(RevokedList list, StoredPeer cma, bool tellHome, CancellationToken cancellationToken)
    {
        var last = await tlcma.Store.FindRevokedListAsync(list.Source, list.Domain, cancellationToken).ConfigureAwait(false);
        if (last is not null && last.Time >= list.Time)
        {
            return [];
        }

        var other = list.Source == RevokedList.Own ? list.Domain : RevokedList.Own;
        var others = await tlcma.Store.FindRevokedListAsync(other, list.Domain, cancellationToken).ConfigureAwait(false);
        var union = list.Users.Concat(others?.Users ?? []).DistinctBy(user => user.CanonicalName).ToArray();
        var changes = new List<StoreChange> { new StoreChange.ReplaceRevokedList(list) };
        foreach (var peer in await SharingAsync(cma, cancellationToken).ConfigureAwait(false))
        {
            changes.AddRange(await TellAsync(peer, cma, union, cancellationToken).ConfigureAwait(false));
        }

        if (tellHome)
        {
            // Its own list it knows; the TLCMA's is another source.
            changes.AddRange(await TellAsync(cma, cma, list.Users, cancellationToken).ConfigureAwait(false));
        }

        return changes;
    }

    /// <summary>Works out the lists that must follow an answer that goes out under a new time, where others hold now.</summary>
    /// <param name="cma">Who is answered.</param>
    /// <param name="local">The list of its domain in the answer; null for none.</param>
    /// <param name="external">The lists of others, each with the domain's CMA in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<StoreChange>> FollowAsync(
        StoredPeer cma, RevokedUserList? local, IReadOnlyList<(string Cma, RevokedUserList List)> external, CancellationToken cancellationToken)
    {
        var changes = new List<StoreChange>();
        if (local is { } home && !RevokedLists.Names(home, await OwnAsync(cma, cancellationToken).ConfigureAwait(false)))
        {
            changes.AddRange(await TellHomeAsync(cma, cancellationToken).ConfigureAwait(false));
        }

        foreach (var (domain, list) in external.DistinctBy(item => item.Cma))
        {
            var users = await tlcma.Store.ListRevokedUsersAsync(domain, cancellationToken).ConfigureAwait(false);
            if (!RevokedLists.Names(list, users) && await tlcma.Store.FindPeerAsync(domain, cancellationToken).ConfigureAwait(false) is { } other)
            {
                changes.AddRange(await TellAsync(cma, other, users, cancellationToken).ConfigureAwait(false));
            }
        }

        return changes;
    }

    /// <summary>Makes the announcement to a CMA of whom the TLCMA itself has revoked in its domain.</summary>
    public async ValueTask<IReadOnlyList<StoreChange>> TellHomeAsync(StoredPeer cma, CancellationToken cancellationToken) =>
        await TellAsync(cma, cma, await OwnAsync(cma, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Makes the announcements to a CMA of the lists of other domains as they are now, of which some wait for it.</summary>
    /// <param name="recipient">The CMA.</param>
    /// <param name="waiting">What waits for it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<StoreChange>> TellAgainAsync(StoredPeer recipient, IReadOnlyList<PKIBody> waiting, CancellationToken cancellationToken)
    {
        var changes = new List<StoreChange>();
        foreach (var domain in waiting.OfType<PKIBody.CkiRULann>().Select(body => DistinguishedName.From(body.Value.Domain).Canonical).Distinct().Where(domain => domain != recipient.CanonicalName))
        {
            if (await tlcma.Store.FindPeerAsync(domain, cancellationToken).ConfigureAwait(false) is { } other)
            {
                var users = await tlcma.Store.ListRevokedUsersAsync(domain, cancellationToken).ConfigureAwait(false);
                changes.AddRange(await TellAsync(recipient, other, users, cancellationToken).ConfigureAwait(false));
            }
        }

        return changes;
    }

    private async ValueTask<IReadOnlyList<RevokedUser>> OwnAsync(StoredPeer cma, CancellationToken cancellationToken) =>
        (await tlcma.Store.FindRevokedListAsync(RevokedList.Own, cma.CanonicalName, cancellationToken).ConfigureAwait(false))?.Users ?? [];

    private ValueTask<IReadOnlyList<StoreChange>> TellAsync(StoredPeer recipient, StoredPeer cma, IReadOnlyList<RevokedUser> users, CancellationToken cancellationToken) => RevokedListNews.TellAsync(
        tlcma.Store, recipient.CanonicalName, DistinguishedName.Decode(cma.Name), users, body => tlcma.AnnounceAsync(recipient, body, cancellationToken), cancellationToken);

    private async ValueTask<IReadOnlyList<StoredPeer>> SharingAsync(StoredPeer cma, CancellationToken cancellationToken)
    {
        var keys = await tlcma.Store.ListPairKeysAsync(cma.CanonicalName, cancellationToken).ConfigureAwait(false);
        var sharing = keys.Where(key => key.NotAfter > tlcma.Now).SelectMany(key => new[] { key.First, key.Second }).ToHashSet(StringComparer.Ordinal);
        return [.. (await tlcma.CmasAsync(cancellationToken).ConfigureAwait(false)).Where(peer => peer.CanonicalName != cma.CanonicalName && sharing.Contains(peer.CanonicalName))];
    }
}
