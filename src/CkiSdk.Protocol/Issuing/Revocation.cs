using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Works out what a revoked user list changes at this CMA (CKI Part 2 ¶111, ¶114–115; profile section 1.2).</summary>
internal sealed class Revocation(CmaContext cma, SeedKeys seeds, CrlIssuer crls)
{
    /// <summary>Works out the changes of lists that are taken together; they lead to one CRL.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The changes. A list that is not newer than the last from its source for its domain is discarded and makes none.</returns>
    public async ValueTask<IReadOnlyList<StoreChange>> ApplyAsync(IReadOnlyList<RevokedList> lists, CancellationToken cancellationToken)
    {
        var changes = new List<StoreChange>();
        var added = new List<RevokedUser>();
        foreach (var list in lists)
        {
            var last = await cma.Store.FindRevokedListAsync(list.Source, list.Domain, cancellationToken).ConfigureAwait(false);
            if (last is null || last.Time < list.Time)
            {
                changes.Add(new StoreChange.ReplaceRevokedList(list));
                var users = Without(list.Users, last?.Users ?? []);
                added.AddRange(users);
                await RevokeAsync(list, users, changes, cancellationToken).ConfigureAwait(false);
                await RestoreAsync(list, Without(last?.Users ?? [], list.Users), changes, cancellationToken).ConfigureAwait(false);
            }
        }

        return added.Count == 0 ? changes : [.. changes, .. await crls.IssueAsync(added, cancellationToken).ConfigureAwait(false)];
    }

    // Identifiers that were in use never return: the next certificates and seed keys have a higher generation (¶115).
    private async ValueTask RevokeAsync(RevokedList list, IReadOnlyList<RevokedUser> added, List<StoreChange> changes, CancellationToken cancellationToken)
    {
        var state = await cma.Store.StateAsync(cancellationToken).ConfigureAwait(false);
        var keys = InteroperabilityKeyRing.KeysWith(list.Domain == RevokedList.Own ? null : list.Domain, state);
        foreach (var user in added)
        {
            changes.Add(new StoreChange.RevokeCertificates(user.CanonicalName, user.Reason, cma.Now));
            foreach (var key in keys)
            {
                changes.Add(new StoreChange.RaiseGeneration(key.MyReference, user.CanonicalName, state.Issued(key, user.CanonicalName) + 1));
            }
        }
    }

    // Who is no longer named by anybody gets seed keys under the identifiers of today.
    private async ValueTask RestoreAsync(RevokedList list, IReadOnlyList<RevokedUser> removed, List<StoreChange> changes, CancellationToken cancellationToken)
    {
        if (list.Domain != RevokedList.Own || removed.Count == 0)
        {
            return;
        }

        var peers = await cma.Store.ListPeersAsync(cancellationToken).ConfigureAwait(false);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in peers.Where(peer => peer.Kinds.HasFlag(PartyKinds.Tlcma)).Select(peer => peer.CanonicalName).Append(RevokedList.Own).Where(source => source != list.Source))
        {
            var other = await cma.Store.FindRevokedListAsync(source, RevokedList.Own, cancellationToken).ConfigureAwait(false);
            named.UnionWith((other?.Users ?? []).Select(user => user.CanonicalName));
        }

        // Also under the keys that come into effect later: those who were revoked when these were made have heard of none.
        var state = await cma.Store.StateAsync(cancellationToken).ConfigureAwait(false);
        var local = InteroperabilityKeyRing.KeysWith(cma: null, state).Where(key => key.NotAfter > cma.Now && !key.IsRetired).ToArray();
        Pki.Certificates.Certificate?[] successors = [null, .. cma.Successors(state)];
        foreach (var name in removed.Select(user => user.CanonicalName).Where(name => !named.Contains(name)))
        {
            if (await cma.Store.FindUserAsync(name, cancellationToken).ConfigureAwait(false) is not { } user)
            {
                continue;
            }

            // The next certificates of this CMA come with them: he has not heard of those that were told meanwhile.
            foreach (var key in local)
            {
                foreach (var authority in successors)
                {
                    if (await seeds.AnnounceAsync(key, user, state.Announced(key, name), authority, cancellationToken).ConfigureAwait(false) is { } announcement)
                    {
                        changes.Add(announcement);
                    }
                }
            }
        }
    }

    private static IReadOnlyList<RevokedUser> Without(IReadOnlyList<RevokedUser> users, IReadOnlyList<RevokedUser> others)
    {
        var names = others.Select(user => user.CanonicalName).ToHashSet(StringComparer.Ordinal);
        return [.. users.Where(user => !names.Contains(user.CanonicalName))];
    }
}
