using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Writes which domains the TLCMA is asked for (CKI Part 2 ¶32).</summary>
internal static class DomainItem
{
    /// <summary>Names a domain by a user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="validity">When the key shall be in effect; null leaves it to the TLCMA.</param>
    public static ExternalRqInfoItem OfUser(DistinguishedName user, (DateTimeOffset NotBefore, DateTimeOffset NotAfter)? validity) =>
        new() { Choice = new ExternalRqInfoItemChoice.ExternalUser(user.Name), ExternalIKValidity = Write(validity) };

    /// <summary>Names a domain by its CMA.</summary>
    /// <param name="other">The CMA.</param>
    /// <param name="validity">When the key shall be in effect; null leaves it to the TLCMA, unless all keys with the domain are retired: then one that begins now is asked for, which the TLCMA makes anew.</param>
    /// <param name="state">The state.</param>
    /// <param name="now">The present.</param>
    public static ExternalRqInfoItem OfCma(DistinguishedName other, (DateTimeOffset NotBefore, DateTimeOffset NotAfter)? validity, IStateView state, DateTimeOffset now) => new()
    {
        Choice = new ExternalRqInfoItemChoice.ExternalCMA(other.Name),
        ExternalIKValidity = Write(validity ?? Anew(InteroperabilityKeyRing.KeysWith(other.Canonical, state), now)),
    };

    /// <summary>Writes a validity; null for none.</summary>
    /// <param name="validity">The validity.</param>
    public static Validity? Write((DateTimeOffset NotBefore, DateTimeOffset NotAfter)? validity) =>
        validity is { } asked ? new Validity { NotBefore = Times.From(asked.NotBefore), NotAfter = Times.From(asked.NotAfter) } : null;

    private static (DateTimeOffset NotBefore, DateTimeOffset NotAfter)? Anew(IReadOnlyList<StoredInteroperabilityKey> keys, DateTimeOffset now)
    {
        var left = keys.Where(key => key.NotAfter > now).ToArray();
        return left.Length == 0 || Array.Exists(left, key => !key.IsRetired) ? null : (WholeSeconds.Cut(now), WholeSeconds.Cut(now) + left.Max(key => key.NotAfter - key.NotBefore));
    }
}
