using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Works out what a revoked user list changes at this CMA (CKI Part 2 ¶111, ¶114–115; profile section 1.2).</summary>
internal sealed class Revocation(CmaContext cma)
{
    /// <summary>Works out the changes of a list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The changes; null where the list is not newer than the last from its source for its domain, and is discarded.</returns>
    public async ValueTask<IReadOnlyList<StoreChange>?> ApplyAsync(RevokedList list, CancellationToken cancellationToken)
    {
        var last = await cma.Store.FindRevokedListAsync(list.Source, list.Domain, cancellationToken).ConfigureAwait(false);
        if (last is not null && last.Time >= list.Time)
        {
            return null;
        }

        var changes = new List<StoreChange> { new StoreChange.ReplaceRevokedList(list) };
        var keys = await cma.Keys.KeysWithAsync(list.Domain == RevokedList.Own ? null : list.Domain, cancellationToken).ConfigureAwait(false);
        var before = (last?.Users ?? []).Select(user => user.CanonicalName).ToHashSet(StringComparer.Ordinal);
        foreach (var user in list.Users.Where(user => !before.Contains(user.CanonicalName)))
        {
            changes.Add(new StoreChange.RevokeCertificates(user.CanonicalName, user.Reason, cma.Now));
            foreach (var key in keys)
            {
                var generation = await cma.Store.GenerationAsync(key.MyReference, user.CanonicalName, cancellationToken).ConfigureAwait(false);
                changes.Add(new StoreChange.RaiseGeneration(key.MyReference, user.CanonicalName, generation + 1));
            }
        }

        return changes;
    }
}
