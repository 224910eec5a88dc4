using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Tells the generations that this CMA counts: those of the keys under which it issues certificates itself (profile section 1.2).</summary>
internal static class Generations
{
    /// <summary>Returns the generation of a user's seed key under which he gets certificates from this CMA. Of keys under which other CMAs issue to him those say it.</summary>
    /// <param name="state">The state.</param>
    /// <param name="key">The key.</param>
    /// <param name="user">The user in canonical form.</param>
    /// <returns>What was counted; of a key of the TLCMA, which may come once more after it was forgotten here, at least where a store that was restored from a backup counts on from.</returns>
    public static long Issued(this IStateView state, StoredInteroperabilityKey key, string user) =>
        Math.Max(state.Generation(key.MyReference, user), key.Source is null ? 0 : state.CountsFrom);

    /// <summary>Tells whether a key that begins then was there before the store was restored from a backup, only that it is forgotten here.</summary>
    /// <param name="state">The state.</param>
    /// <param name="start">When the key begins.</param>
    public static bool IsForgotten(this IStateView state, DateTimeOffset start) =>
        state.ResumedAt != DateTimeOffset.MinValue && start < WholeSeconds.Cut(state.ResumedAt - StoreChange.Resume.Lead);

    /// <summary>Returns the generation that is announced to an own user: the one counted here for a key of the own domain under which certificates are issued, the highest seen for one of another or one that is retired.</summary>
    /// <param name="state">The state.</param>
    /// <param name="key">The key.</param>
    /// <param name="user">The user in canonical form.</param>
    public static long Announced(this IStateView state, StoredInteroperabilityKey key, string user) => key is { ExternalCma: null, IsRetired: false } ? state.Issued(key, user) : state.Generation(key.MyReference, user);
}
