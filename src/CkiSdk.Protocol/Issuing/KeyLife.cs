using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Works out what is due at this CMA by the clock: keys, certificates and CRLs are renewed and announced before they end (CKI Part 2 ¶30 a, ¶79; B.8).</summary>
internal sealed class KeyLife(CmaContext cma, KeyArrival arrival, CertificateIssuer issuer, CrlIssuer crls)
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
        return [new StoreChange.AddAuthority(new StoredAuthority(cma.Me.Canonical, next.Encoded, cma.Now)), .. await arrival.AnnounceAsync(key, next, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>Works out the next key of the own domain, where this CMA makes it itself.</summary>
    public async ValueTask<IReadOnlyList<StoreChange>> LocalKeyAsync(CancellationToken cancellationToken)
    {
        var last = (await cma.Keys.KeysWithAsync(cma: null, cancellationToken).ConfigureAwait(false)).MaxBy(key => key.NotAfter);
        if (last is null || last.Source is not null || last.NotAfter - cma.Now > cma.Options.RenewalTime)
        {
            return [];
        }

        var start = Later(cma.Now, last.NotAfter - (cma.Options.RenewalTime / 2));
        var next = cma.Keys.CreateLocal(start, start + (last.NotAfter - last.NotBefore));
        return [new StoreChange.PutKey(next), .. await arrival.AnnounceAsync(next, authority: null, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>Lists the users whose last send certificate ends soon.</summary>
    public async ValueTask<IReadOnlyList<string>> UsersAsync(CancellationToken cancellationToken)
    {
        var until = cma.Now + cma.Options.CertificateRenewalTime;
        var ending = await cma.Store.ListEndingAsync(cma.Now, until, cancellationToken).ConfigureAwait(false);
        return [.. ending.Where(certificate => certificate.Usage == IssuedCertificate.Send).Select(certificate => certificate.Subject).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Works out the next send certificate of a user (CKI Part 2 ¶79).</summary>
    public async ValueTask<IReadOnlyList<StoreChange>> SendCertificateAsync(string user, CancellationToken cancellationToken)
    {
        var enrolled = await cma.Store.FindUserAsync(user, cancellationToken).ConfigureAwait(false);
        var known = await cma.Store.ListCertificatesAsync(user, IssuedCertificate.Send, cma.Now, cancellationToken).ConfigureAwait(false);
        if (enrolled is not { IsRevoked: false } || known.Count == 0 || known[0].NotAfter > cma.Now + cma.Options.CertificateRenewalTime)
        {
            return [];
        }

        var last = Certificate.Decode(known[0].Encoded);
        var start = Later(cma.Now, last.NotAfter - (cma.Options.CertificateRenewalTime / 2));
        var keys = await cma.Keys.KeysWithAsync(cma: null, cancellationToken).ConfigureAwait(false);
        var decision = ValidityRule.Decide(
            start, suggestedEnd: null, cma.Now, keys, cma.Certificate, cma.Options, ("CKI Part 2 ¶85 b", "CKI Part 2 ¶85 c"));
        if (decision is not ValidityDecision.Decided decided || decided.NotAfter <= last.NotAfter)
        {
            return [];
        }

        var transaction = new TransactionKey(cma.Me.Canonical, $"renewal {Convert.ToHexStringLower(last.SerialNumber.Octets.Span)}");
        var name = DistinguishedName.Decode(enrolled.Name);
        var (certificate, change) = await issuer.IssueAsync(DatedKeyUsage.Send, name, decided, transaction, cancellationToken).ConfigureAwait(false);
        return [change, await cma.AnnounceAsync(name, new PKIBody.CkiSCann(certificate.Value), cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>Works out the next CRL, where the last does not list all or is in the second half of its time.</summary>
    public async ValueTask<IReadOnlyList<StoreChange>> CrlAsync(CancellationToken cancellationToken) =>
        await crls.IsCurrentAsync(cancellationToken).ConfigureAwait(false) ? [] : await crls.IssueAsync([], cancellationToken).ConfigureAwait(false);

    private async ValueTask<StoredInteroperabilityKey?> CurrentKeyAsync(CancellationToken cancellationToken) =>
        InteroperabilityKeyRing.InEffect(await cma.Keys.KeysWithAsync(cma: null, cancellationToken).ConfigureAwait(false), cma.Now);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
