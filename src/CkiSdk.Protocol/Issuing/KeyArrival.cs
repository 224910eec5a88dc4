using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Works out what a new interoperability key changes for the own users: their seed keys are announced (CKI Part 2 ¶62, ¶78 a).</summary>
internal sealed class KeyArrival(CmaContext cma, SeedKeys seeds)
{
    /// <summary>Works out the announcements of the seed keys under a key: to all users for a local key, to frequent correspondents for an external one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="authority">The CMA certificate that goes along; null for the one in force.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<StoreChange>> AnnounceAsync(
        StoredInteroperabilityKey key, Pki.Certificates.Certificate? authority, CancellationToken cancellationToken)
    {
        var users = await cma.Store.ListUsersAsync(cancellationToken).ConfigureAwait(false);
        if (key.ExternalCma is { } other)
        {
            var correspondents = (await cma.Store.ListCorrespondentsAsync(other, cancellationToken).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
            users = [.. users.Where(user => correspondents.Contains(user.CanonicalName))];
        }

        var state = await cma.Store.StateAsync(cancellationToken).ConfigureAwait(false);
        var changes = new List<StoreChange>();
        foreach (var user in users.Where(user => !user.IsRevoked))
        {
            if (await seeds.AnnounceAsync(key, user, state.Announced(key, user.CanonicalName), authority, cancellationToken).ConfigureAwait(false) is { } announcement)
            {
                changes.Add(announcement);
            }
        }

        return changes;
    }
}
