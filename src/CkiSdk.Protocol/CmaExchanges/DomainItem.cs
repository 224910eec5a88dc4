using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Writes which domains the TLCMA is asked for (CKI Part 2 ¶32). Where the store was restored from a backup, and there is no key that was made since, one that begins now is asked for, which the TLCMA makes anew (profile section 1.2).</summary>
internal static class DomainItem
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(2 * 365);

    /// <summary>Writes when the key of the own domain shall be in effect.</summary>
    /// <param name="validity">The validity; null for what was said above, else for what the TLCMA decides.</param>
    /// <param name="state">The state.</param>
    /// <param name="now">The present.</param>
    public static Validity? OfOwn((DateTimeOffset NotBefore, DateTimeOffset NotAfter)? validity, IStateView state, DateTimeOffset now) =>
        Write(validity ?? Anew(InteroperabilityKeyRing.KeysWith(cma: null, state), state, now));

    /// <summary>Names a domain by a user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="validity">When the key shall be in effect; null for what was said above, else for what the TLCMA decides.</param>
    /// <param name="state">The state.</param>
    /// <param name="now">The present.</param>
    public static ExternalRqInfoItem OfUser(DistinguishedName user, (DateTimeOffset NotBefore, DateTimeOffset NotAfter)? validity, IStateView state, DateTimeOffset now) =>
        new() { Choice = new ExternalRqInfoItemChoice.ExternalUser(user.Name), ExternalIKValidity = Write(validity ?? Anew([], state, now)) };

    /// <summary>Names a domain by its CMA.</summary>
    /// <param name="other">The CMA.</param>
    /// <param name="validity">When the key shall be in effect; null for what was said above, else for what the TLCMA decides.</param>
    /// <param name="state">The state.</param>
    /// <param name="now">The present.</param>
    public static ExternalRqInfoItem OfCma(DistinguishedName other, (DateTimeOffset NotBefore, DateTimeOffset NotAfter)? validity, IStateView state, DateTimeOffset now) => new()
    {
        Choice = new ExternalRqInfoItemChoice.ExternalCMA(other.Name),
        ExternalIKValidity = Write(validity ?? Anew(InteroperabilityKeyRing.KeysWith(other.Canonical, state), state, now)),
    };

    /// <summary>Writes a validity; null for none.</summary>
    /// <param name="validity">The validity.</param>
    public static Validity? Write((DateTimeOffset NotBefore, DateTimeOffset NotAfter)? validity) =>
        validity is { } asked ? new Validity { NotBefore = Times.From(asked.NotBefore), NotAfter = Times.From(asked.NotAfter) } : null;

    private static (DateTimeOffset NotBefore, DateTimeOffset NotAfter)? Anew(IReadOnlyList<StoredInteroperabilityKey> keys, IStateView state, DateTimeOffset now) =>
        state.ResumedAt == DateTimeOffset.MinValue || keys.Any(key => key.NotAfter > now && !key.IsRetired) ? null : (WholeSeconds.Cut(now), WholeSeconds.Cut(now) + Lifetime);
}
