using CkiSdk.Pki.Crls;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;
using CkiSdk.Web.Options;

namespace CkiSdk.Web.State;

/// <summary>Reads the keys, certificates and lists of a CMA with their times.</summary>
/// <param name="options">The configuration.</param>
internal sealed class StateReader(CmaPagesOptions options)
{
    // A new list is made at half its time: only one that was missed comes so near to its end.
    private static readonly TimeSpan ListWarning = TimeSpan.FromDays(7);

    /// <summary>Reads them: certificates of the CMA, then interoperability keys, then lists, each in the order of their begins. What has ended more than 90 days ago is left out.</summary>
    /// <param name="names">Shows names.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<Period>> ReadAsync(KnownNames names, CancellationToken cancellationToken)
    {
        var past = options.Time.GetUtcNow().AddDays(-90);
        var keys = await options.Store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false);
        var lists = await options.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false);
        IEnumerable<Period> all =
        [
            .. options.Certificates.Select(shown => new Period("Certificate", shown.Name, shown.Certificate.NotBefore, shown.Certificate.NotAfter, shown.IsFollowed)),
            .. keys.Select(key => new Period("Interoperability key", key.ExternalCma is { } cma ? names.Show(cma) : "own domain", key.NotBefore, key.NotAfter, IsFollowed(key, keys))),
            .. lists.Select(ToPeriod),
        ];
        return [.. all.Where(period => period.End > past)];
    }

    private static bool IsFollowed(StoredInteroperabilityKey key, IEnumerable<StoredInteroperabilityKey> keys) =>
        key.IsRetired || keys.Any(other => !other.IsRetired && other.ExternalCma == key.ExternalCma && other.NotAfter > key.NotAfter && other.NotBefore <= key.NotAfter);

    private static Period ToPeriod(StoredCrl stored)
    {
        var list = RevocationList.Decode(stored.Encoded);
        return new Period("CRL", $"{list.Issuer}, number {stored.Number}", list.IssuedAt, stored.NextUpdate, IsFollowed: false) { Warning = ListWarning };
    }
}
