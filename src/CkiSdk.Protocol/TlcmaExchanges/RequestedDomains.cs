using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.TlcmaExchanges;

/// <summary>Finds the domains that a request names by their CMA or by a user (CKI Part 2 ¶28).</summary>
internal sealed class RequestedDomains(TlcmaContext tlcma)
{
    /// <summary>Finds the CMA of a domain.</summary>
    /// <returns>Why there is no key, or the CMA.</returns>
    public async ValueTask<(Rejection? Missing, StoredPeer? Cma)> FindAsync(ExternalRqInfoItem item, CancellationToken cancellationToken)
    {
        var cmas = await tlcma.CmasAsync(cancellationToken).ConfigureAwait(false);
        var (name, found) = item.Choice switch
        {
            ExternalRqInfoItemChoice.ExternalCMA cma => Match(DistinguishedName.From(cma.Value), (peer, wanted) => peer.CanonicalName == wanted.Canonical),
            ExternalRqInfoItemChoice.ExternalUser user => Match(DistinguishedName.From(user.Value), (peer, wanted) => TlcmaContext.DomainOf(peer).Admits(wanted)),
            _ => throw new InvalidOperationException(item.Choice.GetType().Name),
        };
        if (found.Length != 1)
        {
            return (new Rejection(
                PKIFailureInfo.UnrecognisedDomain, "externalRqInfo", $"{name} {(found.Length == 0 ? "names no domain" : "is in more than one domain")} that this TLCMA serves", "CKI Part 2 ¶28, ¶40 a", "Ask the operator of the TLCMA to configure the domain."), null);
        }

        return await tlcma.CertificateOfAsync(found[0], cancellationToken).ConfigureAwait(false) is null
            ? (new Rejection(PKIFailureInfo.InteroperabilityKeyUnavailable, "externalRqInfo", $"the domain of {name} has no valid CMA certificate", "CKI Part 2 ¶40 b", "Ask again later."), null)
            : (null, found[0]);

        (DistinguishedName Name, StoredPeer[] Found) Match(DistinguishedName wanted, Func<StoredPeer, DistinguishedName, bool> matches) =>
            (wanted, [.. cmas.Where(cma => matches(cma, wanted))]);
    }
}
