using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;
using RevokedCertificate = CkiSdk.Pki.Crls.RevokedCertificate;

namespace CkiSdk.Protocol.TlcmaExchanges;

/// <summary>Revokes CMA certificates: a CRL of the TLCMA names them, which goes to all CMAs and from them to their users (CKI Part 2 ¶103–104).</summary>
internal sealed class CmaRevocation(TlcmaContext tlcma)
{
    /// <summary>Works out the changes that revoke the CMA certificates of a domain which have not ended.</summary>
    /// <exception cref="InvalidOperationException">There is none that this TLCMA has certified.</exception>
    public async ValueTask<IReadOnlyList<StoreChange>> RevokeAsync(DistinguishedName cma, CRLReason reason, CancellationToken cancellationToken)
    {
        var known = await tlcma.Store.ListAuthoritiesAsync(cancellationToken).ConfigureAwait(false);
        Certificate[] certificates =
        [
            .. known.Where(authority => authority.Cma == cma.Canonical).Select(authority => Certificate.Decode(authority.Encoded))
                .Where(certificate => certificate.NotAfter > tlcma.Now && certificate.IsSignedBy(tlcma.Options.Certificate, tlcma.Party.Provider)),
        ];
        if (certificates.Length == 0)
        {
            throw new InvalidOperationException($"There is no CMA certificate of {cma} that this TLCMA has made and that could be revoked.");
        }

        var entries = certificates.Select(certificate => new RevokedCertificate
        {
            SerialNumber = certificate.SerialNumber,
            RevocationDate = tlcma.Now,
            Reason = reason == CRLReason.Unspecified ? null : reason,
        });
        var list = await SignAsync(await FindAsync(cancellationToken).ConfigureAwait(false), [.. entries], cancellationToken).ConfigureAwait(false);
        return await PutAsync(list, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Works out the changes that renew the CRL at half its time; none where there is no CRL, or it is current for longer.</summary>
    public async ValueTask<IReadOnlyList<StoreChange>> RenewAsync(CancellationToken cancellationToken)
    {
        var before = await FindAsync(cancellationToken).ConfigureAwait(false);
        return before is null || before.NextUpdate - tlcma.Now > tlcma.Options.CrlLifetime / 2
            ? []
            : await PutAsync(await SignAsync(before, [], cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Works out the changes that a CRL of this TLCMA, or of an authority of the AKI, makes: it is kept, the CMA certificates that it names are forgotten but for their keys, and all CMAs are told.</summary>
    public async ValueTask<IReadOnlyList<StoreChange>> PutAsync(RevocationList list, CancellationToken cancellationToken)
    {
        var known = await tlcma.Store.ListAuthoritiesAsync(cancellationToken).ConfigureAwait(false);
        var revoked = RevokedAuthorities.Among([list], known.Select(authority => Certificate.Decode(authority.Encoded)), tlcma.Party.Provider);
        return
        [
            new StoreChange.PutCrl(Crls.Record(list)),
            .. RevokedAuthorities.Remove(revoked, tlcma.Now),
            .. RevokedAuthorities.Keys(revoked, tlcma.Now),
            .. await CrlExchange.DistributeAsync(tlcma, [list], except: null, cancellationToken).ConfigureAwait(false),
        ];
    }

    private async ValueTask<StoredCrl?> FindAsync(CancellationToken cancellationToken) =>
        (await tlcma.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(crl => crl.Issuer == Crls.IssuerOf(tlcma.Options.Certificate));

    private async ValueTask<RevocationList> SignAsync(StoredCrl? before, IReadOnlyCollection<RevokedCertificate> entries, CancellationToken cancellationToken)
    {
        var options = tlcma.Options;
        var template = new RevocationListTemplate
        {
            IssuedAt = tlcma.Now,
            NextIssueAt = tlcma.Now + options.CrlLifetime,
            Number = (before?.Number ?? (await tlcma.Store.StateAsync(cancellationToken).ConfigureAwait(false)).CountsFrom) + 1,
            Previous = before is null ? null : RevocationList.Decode(before.Encoded),
            Entries = entries,
        };
        return await RevocationListSigner.SignAsync(template, options.Certificate, options.SigningKey, options.SignatureAlgorithm, cancellationToken).ConfigureAwait(false);
    }
}
