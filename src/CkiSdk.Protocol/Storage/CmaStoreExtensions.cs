using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Storage;

/// <summary>Does with any store what takes several changes.</summary>
public static class CmaStoreExtensions
{
    /// <summary>Goes on with a store that was restored from a backup, or was set back with its machine, before the authority serves again: no identifier, number or key that was given out since returns, and a CMA obtains new interoperability keys before it issues (profile section 1.2).</summary>
    /// <remarks>Serial numbers need nothing: each has the time and random bits, so that a store that has forgotten some gives none of them again.</remarks>
    /// <param name="store">The store. Afterwards <see cref="Server.Cma.MaintainAsync"/> makes the next key of the own domain where the CMA has made it before, and <see cref="Server.CmaRequests"/> asks for what the TLCMA or peers make: until then nothing that needs such a key is issued.</param>
    /// <param name="authority">The authority.</param>
    /// <param name="now">The present.</param>
    /// <param name="detail">What the audit log says about it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask ResumeAsync(this ICmaStore store, DistinguishedName authority, DateTimeOffset now, string detail, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(detail);
        var entry = new AuditEntry(now, "store.restored", authority.Canonical, detail);
        var crls = await store.ListCrlsAsync(cancellationToken).ConfigureAwait(false);
        var own = crls.Where(crl => RevocationList.Decode(crl.Encoded).Issuer.Equals(authority)).Select(crl => crl.Issuer).ToArray();
        await store.CommitAsync(UnitOfWork.Of(new StoreChange.Resume(own, now), new StoreChange.Audit(entry)), cancellationToken).ConfigureAwait(false);
    }
}
