using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Storage;
using RevokedCertificate = CkiSdk.Pki.Crls.RevokedCertificate;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Issues the CRL of this CMA and distributes it (CKI Part 2 ¶103, ¶111, ¶114; profile section 4, CRL).</summary>
internal sealed class CrlIssuer(CmaContext cma)
{
    /// <summary>Works out the changes of a new CRL: it is kept, and all users, peers and the TLCMA are told.</summary>
    /// <param name="added">The users whose unexpired certificates are about to be revoked.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<StoreChange>> IssueAsync(IReadOnlyList<RevokedUser> added, CancellationToken cancellationToken)
    {
        var now = cma.Now;
        var entries = (await cma.Store.ListRevokedCertificatesAsync(now, now - cma.Options.RevokedSendRetention, cancellationToken).ConfigureAwait(false))
            .Select(entry => Entry(entry.Serial, entry.Reason, entry.RevokedAt)).ToList();
        foreach (var user in added)
        {
            foreach (var usage in new[] { IssuedCertificate.Send, IssuedCertificate.Receive })
            {
                var certificates = await cma.Store.ListCertificatesAsync(user.CanonicalName, usage, now, cancellationToken).ConfigureAwait(false);
                entries.AddRange(certificates.Select(certificate => Entry(certificate.Serial, user.Reason, now)));
            }
        }

        return await SignAsync(entries, now, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells whether the CRLs list all revoked certificates and do not end soon.</summary>
    public async ValueTask<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        var revoked = await cma.Store.ListRevokedCertificatesAsync(cma.Now, cma.Now - cma.Options.RevokedSendRetention, cancellationToken).ConfigureAwait(false);
        foreach (var signer in cma.Signers.Until(cma.Now))
        {
            var crl = await FindAsync(signer, cancellationToken).ConfigureAwait(false);
            if (crl is null || crl.NextUpdate - cma.Now < cma.Options.CrlLifetime / 2)
            {
                return false;
            }

            var list = RevocationList.Decode(crl.Encoded);
            if (!revoked.All(entry => list.Find(Integer.FromUnsigned(entry.Serial.Span)) is not null))
            {
                return false;
            }
        }

        return true;
    }

    // Each key of this CMA signs a list of its own (RFC 5280 §5): what was sealed under the key before opens under the list of that key.
    private async ValueTask<IReadOnlyList<StoreChange>> SignAsync(List<RevokedCertificate> entries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lists = new List<RevocationList>();
        var first = (await cma.Store.StateAsync(cancellationToken).ConfigureAwait(false)).CountsFrom;
        foreach (var signer in cma.Signers.Until(now))
        {
            var number = ((await FindAsync(signer, cancellationToken).ConfigureAwait(false))?.Number ?? first) + 1;
            var template = new RevocationListTemplate { IssuedAt = now, NextIssueAt = now + cma.Options.CrlLifetime, Number = number, Entries = entries };
            lists.Add(await RevocationListSigner.SignAsync(template, signer.Certificate, signer.Key, signer.Algorithm, cancellationToken).ConfigureAwait(false));
        }

        var large = lists.Where(list => Crls.IsTooLarge(list.Encoded)).Select(list => Announcements.NoteLarge(list, now));
        return [.. lists.Select(list => new StoreChange.PutCrl(Crls.Record(list))), .. large, .. await DistributeAsync(lists, except: null, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>Makes the announcements of CRLs: to all users of the domain, and to the other authorities (CKI Part 2 ¶103).</summary>
    /// <param name="lists">The CRLs, unchanged.</param>
    /// <param name="except">Who has sent them; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<StoreChange>> DistributeAsync(IReadOnlyList<RevocationList> lists, string? except, CancellationToken cancellationToken)
    {
        var users = await cma.Store.ListUsersAsync(cancellationToken).ConfigureAwait(false);
        var peers = await cma.Store.ListPeersAsync(cancellationToken).ConfigureAwait(false);
        var recipients = users.Select(user => user.Name)
            .Concat(peers.Where(peer => (peer.Kinds & (PartyKinds.Cma | PartyKinds.Tlcma)) != PartyKinds.None && peer.CanonicalName != except).Select(peer => peer.Name));
        var bodies = Crls.Announcements(lists);
        var changes = new List<StoreChange>();
        foreach (var recipient in recipients.Select(DistinguishedName.Decode))
        {
            foreach (var body in bodies)
            {
                changes.Add(await cma.AnnounceAsync(recipient, body, cancellationToken, cma.CertificatesToTell).ConfigureAwait(false));
            }
        }

        return changes;
    }

    private async ValueTask<StoredCrl?> FindAsync(CmaSigner signer, CancellationToken cancellationToken) =>
        (await cma.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(crl => crl.Issuer == Crls.IssuerOf(signer.Certificate));

    private static RevokedCertificate Entry(ReadOnlyMemory<byte> serial, int reason, DateTimeOffset at) => new()
    {
        SerialNumber = Integer.FromUnsigned(serial.Span),
        RevocationDate = at,
        Reason = (RevokeUserReason)reason switch
        {
            RevokeUserReason.KeyCompromise => CRLReason.KeyCompromise,
            RevokeUserReason.UserBlackListed => CRLReason.PrivilegeWithdrawn,
            RevokeUserReason.AffiliationChanged => CRLReason.AffiliationChanged,
            _ => null, // unspecified is not written (RFC 5280 §5.3.1)
        },
    };
}
