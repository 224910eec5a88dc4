using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Works out what is due at this CMA by the clock: keys and CRLs are renewed and announced before they end (CKI Part 2 ¶30 a; B.8).</summary>
internal sealed class KeyLife(CmaContext cma, KeyArrival arrival, CrlIssuer crls)
{
    /// <summary>Works out the next CMA certificate that its users have to know, and tells them.</summary>
    public async ValueTask<IReadOnlyList<StoreChange>> SuccessorAsync(CancellationToken cancellationToken)
    {
        var known = (await cma.Store.ListAuthoritiesAsync(cancellationToken).ConfigureAwait(false)).Where(authority => authority.Cma == cma.Me.Canonical).ToArray();
        var next = cma.Options.Successors.Select(signer => signer.Certificate).FirstOrDefault(certificate =>
            certificate.NotBefore <= cma.Now + cma.Options.RenewalTime && !Array.Exists(known, authority => authority.Encoded.Span.SequenceEqual(certificate.Encoded.Span)));
        if (next is null || await CurrentKeyAsync(cancellationToken).ConfigureAwait(false) is not { } key)
        {
            return [];
        }

        // It comes with the seed key, which the users have: that changes nothing but makes the certificate known.
        var changes = new List<StoreChange> { new StoreChange.AddAuthority(new StoredAuthority(cma.Me.Canonical, next.Encoded, cma.Now)) };
        changes.AddRange(await arrival.AnnounceAsync(key, next, cancellationToken).ConfigureAwait(false));

        // Other CMAs learn it together with the CRLs, which they have.
        foreach (var peer in (await cma.Store.ListPeersAsync(cancellationToken).ConfigureAwait(false)).Where(peer => peer.Kinds.HasFlag(PartyKinds.Cma)))
        {
            changes.AddRange(await CrlArrival.TellPeerAsync(cma, Pki.Names.DistinguishedName.Decode(peer.Name), cancellationToken).ConfigureAwait(false));
        }

        return changes;
    }

    /// <summary>Works out the next key of the own domain, where this CMA makes it itself.</summary>
    public async ValueTask<IReadOnlyList<StoreChange>> LocalKeyAsync(CancellationToken cancellationToken)
    {
        var keys = await cma.Keys.KeysWithAsync(cma: null, cancellationToken).ConfigureAwait(false);
        var last = keys.MaxBy(key => (!key.IsRetired, key.NotAfter));
        if (last is null || last.Source is not null || (!last.IsRetired && last.NotAfter - cma.Now > cma.Options.RenewalTime))
        {
            return [];
        }

        // After a restore from backup the first key is a new one (profile section 1.2), in effect at once.
        var start = last.IsRetired ? cma.Now : WholeSeconds.Later(cma.Now, last.NotAfter - (cma.Options.RenewalTime / 2));
        var next = cma.Keys.CreateLocal(start, start + (last.NotAfter - last.NotBefore));
        return [new StoreChange.PutKey(next), .. await arrival.AnnounceAsync(next, authority: null, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>Works out the next CRL, where the last does not list all or is in the second half of its time.</summary>
    public async ValueTask<IReadOnlyList<StoreChange>> CrlAsync(CancellationToken cancellationToken) =>
        await crls.IsCurrentAsync(cancellationToken).ConfigureAwait(false) ? [] : await crls.IssueAsync([], cancellationToken).ConfigureAwait(false);

    private async ValueTask<StoredInteroperabilityKey?> CurrentKeyAsync(CancellationToken cancellationToken) =>
        InteroperabilityKeyRing.InEffect(await cma.Keys.KeysWithAsync(cma: null, cancellationToken).ConfigureAwait(false), cma.Now);
}
