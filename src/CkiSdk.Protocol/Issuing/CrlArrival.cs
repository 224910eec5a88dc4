using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Gives CRLs to those who came after these were distributed (CKI Part 2 ¶103): without a current one nothing is sealed or opened.</summary>
internal static class CrlArrival
{
    /// <summary>Tells a new user of all CRLs that are known.</summary>
    public static ValueTask<IReadOnlyList<StoreChange>> TellUserAsync(CmaContext cma, DistinguishedName user, CancellationToken cancellationToken) =>
        TellAsync(cma, user, _ => true, cancellationToken);

    /// <summary>Tells the CMA of another domain, with which the first key is shared, of this CMA's own.</summary>
    public static ValueTask<IReadOnlyList<StoreChange>> TellPeerAsync(CmaContext cma, DistinguishedName peer, CancellationToken cancellationToken)
    {
        var own = cma.Signers.All.Select(signer => Crls.IssuerOf(signer.Certificate)).ToHashSet(StringComparer.Ordinal);
        return TellAsync(cma, peer, crl => own.Contains(crl.Issuer), cancellationToken);
    }

    /// <summary>Tells another authority of all CRLs but its own, as it would have heard of them one by one.</summary>
    public static ValueTask<IReadOnlyList<StoreChange>> TellOthersAsync(CmaContext cma, DistinguishedName peer, CancellationToken cancellationToken) =>
        TellAsync(cma, peer, crl => !RevocationList.Decode(crl.Encoded).Issuer.Equals(peer), cancellationToken);

    private static async ValueTask<IReadOnlyList<StoreChange>> TellAsync(CmaContext cma, DistinguishedName recipient, Func<StoredCrl, bool> wanted, CancellationToken cancellationToken)
    {
        var known = await cma.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false);
        var changes = new List<StoreChange>();
        foreach (var body in Crls.Announcements(known.Where(crl => crl.NextUpdate > cma.Now && wanted(crl)).Select(crl => RevocationList.Decode(crl.Encoded))))
        {
            changes.Add(await cma.AnnounceAsync(recipient, body, cancellationToken, cma.CertificatesToTell).ConfigureAwait(false));
        }

        return changes;
    }
}
