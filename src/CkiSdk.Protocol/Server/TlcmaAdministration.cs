using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.TlcmaExchanges;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Server;

/// <summary>Is what an operator does with a TLCMA: CMA certificates, replacement of keys, revoked users of any domain.</summary>
public sealed class TlcmaAdministration
{
    private readonly TlcmaContext _tlcma;
    private readonly PairKeys _pairs;
    private readonly DomainTelling _telling;
    private readonly RevokedUsers _users;
    private readonly CmaRevocation _revocation;

    internal TlcmaAdministration(TlcmaContext tlcma, PairKeys pairs, DomainTelling telling, RevokedUsers users) =>
        (_tlcma, _pairs, _telling, _users, _revocation) = (tlcma, pairs, telling, users, new CmaRevocation(tlcma));

    /// <summary>Certifies the key of a CMA (CKI Part 2 ¶27 c) and keeps the certificate, so that other domains get it, too (¶27 g).</summary>
    /// <param name="cma">The CMA.</param>
    /// <param name="subjectPublicKeyInfo">The DER of its public key.</param>
    /// <param name="notBefore">From when the certificate is valid.</param>
    /// <param name="notAfter">Until when.</param>
    /// <param name="domain">The names of its domain, its own included.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The CMA does not lie in its own domain, or a certificate of a CMA for this key was revoked.</exception>
    public async ValueTask<Certificate> CertifyCmaAsync(
        DistinguishedName cma, ReadOnlyMemory<byte> subjectPublicKeyInfo, DateTimeOffset notBefore, DateTimeOffset notAfter, DomainRule domain, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cma);
        var options = _tlcma.Options;
        var certificate = await CertificateSigner.SignAsync(
            CertificateProfiles.Cma(cma, subjectPublicKeyInfo, notBefore, notAfter, domain),
            options.Certificate, options.SigningKey, options.SignatureAlgorithm, SerialNumbers.Random(_tlcma.Party.Provider.Random), cancellationToken).ConfigureAwait(false);
        await AddCmaCertificateAsync(certificate, cancellationToken).ConfigureAwait(false);
        return certificate;
    }

    /// <summary>Keeps a CMA certificate that was made elsewhere, and tells the CMAs that share a key with its domain, so that they know it before it is in force (CKI Part 2 B.8).</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">It, or a certificate for the same key, is revoked.</exception>
    public async ValueTask AddCmaCertificateAsync(Certificate certificate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var authority = new StoredAuthority(certificate.Subject.Canonical, certificate.Encoded, _tlcma.Now);
        var entry = new AuditEntry(_tlcma.Now, "cma.certified", "operator", certificate.ToString());
        await _tlcma.Party.CommitAsync(
            async () =>
            {
                await RequireStandingAsync(certificate, cancellationToken).ConfigureAwait(false);
                return [new StoreChange.AddAuthority(authority), new StoreChange.Audit(entry), .. await TellAsync(certificate, cancellationToken).ConfigureAwait(false)];
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells whether a CMA certificate for a key was revoked, so that none is made for it any more: whoever else has the key would be certified, too.</summary>
    /// <param name="subjectPublicKeyInfo">The DER of the key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<bool> IsKeyRevokedAsync(ReadOnlyMemory<byte> subjectPublicKeyInfo, CancellationToken cancellationToken = default) =>
        await _tlcma.Store.FindRevokedAuthorityKeyAsync(RevokedAuthorities.HashOf(subjectPublicKeyInfo), cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Revokes the CMA certificates of a domain that have not ended: a CRL of this TLCMA names them (CKI Part 2 ¶104). No CMA issues for that domain any more and no user opens or seals under them, until the TLCMA has certified another key.</summary>
    /// <param name="cma">The CMA.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The reason takes a revocation back, or is only for the time being: a CMA certificate that was revoked stays so.</exception>
    /// <exception cref="InvalidOperationException">This TLCMA has made no certificate of that CMA that has not ended.</exception>
    public async ValueTask RevokeCmaAsync(DistinguishedName cma, CRLReason reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cma);
        if (reason is CRLReason.RemoveFromCRL or CRLReason.CertificateHold || !Enum.IsDefined(reason))
        {
            throw new ArgumentException($"A CMA certificate is not revoked for the reason {reason}.", nameof(reason));
        }

        await _tlcma.Party.CommitAsync(() => _revocation.RevokeAsync(cma, reason, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    internal async ValueTask RenewCrlAsync(CancellationToken cancellationToken) =>
        await _tlcma.Party.CommitAsync(() => _revocation.RenewAsync(cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <summary>Makes a new key for a domain, or for a pair of domains, and announces it to the CMAs (CKI Part 2 ¶30, ¶34). Its own key comes with base and modulus as they are configured now.</summary>
    /// <param name="cma">A CMA.</param>
    /// <param name="other">Another; null for the key of the one domain.</param>
    /// <param name="notBefore">From when the key is in effect.</param>
    /// <param name="notAfter">Until when.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">A CMA is not configured, or the end is not after the start.</exception>
    public async ValueTask AnnounceKeyAsync(
        DistinguishedName cma, DistinguishedName? other, DateTimeOffset notBefore, DateTimeOffset notAfter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cma);
        if (notAfter <= notBefore)
        {
            throw new ArgumentException("The end of the key's validity is not after its start.", nameof(notAfter));
        }

        await _tlcma.Party.CommitAsync(() => MakeKeyAsync(cma, other, notBefore, notAfter, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Works out the announcements of the present state for a CMA: its keys with the revoked users of both sides, CMA certificates to come, whom this TLCMA has revoked in its domain, and all CRLs.</summary>
    internal async ValueTask<IReadOnlyList<StoreChange>> PresentAsync(string recipient, IReadOnlyList<PKIBody> waiting, CancellationToken cancellationToken)
    {
        var cmas = await _tlcma.CmasAsync(cancellationToken).ConfigureAwait(false);
        if (cmas.FirstOrDefault(peer => peer.CanonicalName == recipient) is not { } cma)
        {
            return [];
        }

        var changes = new List<StoreChange>();
        var keys = (await _tlcma.Store.ListPairKeysAsync(recipient, cancellationToken).ConfigureAwait(false)).Where(key => key.NotAfter > _tlcma.Now).ToArray();
        foreach (var key in keys)
        {
            var other = key.Second is null ? null : cmas.FirstOrDefault(peer => peer.CanonicalName == (key.First == recipient ? key.Second : key.First));
            foreach (var certificate in other is null ? [] : await UpcomingAsync(other, cancellationToken).ConfigureAwait(false))
            {
                changes.AddRange(await TellAsync(key, other, certificate).ConfigureAwait(false));
            }

            changes.AddRange(key.Second is null || other is not null ? await TellAsync(key, other, certificate: null).ConfigureAwait(false) : []);
        }

        if (await _tlcma.Store.FindRevokedListAsync(RevokedList.Own, recipient, cancellationToken).ConfigureAwait(false) is not null)
        {
            changes.AddRange(await _users.TellHomeAsync(cma, cancellationToken).ConfigureAwait(false));
        }

        changes.AddRange(await _users.TellAgainAsync(cma, waiting, cancellationToken).ConfigureAwait(false));

        var lists = (await _tlcma.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false)).Where(crl => crl.NextUpdate > _tlcma.Now).Select(crl => RevocationList.Decode(crl.Encoded));
        return [.. changes, .. await CrlExchange.TellAsync(_tlcma, cma, lists, cancellationToken).ConfigureAwait(false)];

        async ValueTask<IReadOnlyList<StoreChange>> TellAsync(PairKey key, StoredPeer? other, Certificate? certificate) =>
            await _telling.AnnounceAsync(key, cma, other, certificate, cancellationToken).ConfigureAwait(false) is { } announcement ? [announcement] : [];
    }

    private async ValueTask RequireStandingAsync(Certificate certificate, CancellationToken cancellationToken)
    {
        if (RevokedAuthorities.Find(await _tlcma.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false), certificate) is not null
            || await IsKeyRevokedAsync(certificate.SubjectPublicKeyInfo, cancellationToken).ConfigureAwait(false))
        {
            throw new ArgumentException($"The certificate of {certificate.Subject} is revoked, or one for the same key; a CMA goes on with a certificate for another key.", nameof(certificate));
        }
    }

    private async ValueTask<IReadOnlyList<Certificate>> UpcomingAsync(StoredPeer cma, CancellationToken cancellationToken) =>
    [
        .. (await _tlcma.Store.ListAuthoritiesAsync(cancellationToken).ConfigureAwait(false)).Where(authority => authority.Cma == cma.CanonicalName)
            .Select(authority => Certificate.Decode(authority.Encoded)).Where(certificate => certificate.NotBefore > _tlcma.Now),
    ];

    internal async ValueTask RenewKeysAsync(CancellationToken cancellationToken)
    {
        foreach (var cma in await _tlcma.CmasAsync(cancellationToken).ConfigureAwait(false))
        {
            var keys = await _tlcma.Store.ListPairKeysAsync(cma.CanonicalName, cancellationToken).ConfigureAwait(false);
            foreach (var second in keys.Where(key => key.First == cma.CanonicalName).Select(key => key.Second).Distinct(StringComparer.Ordinal))
            {
                await _tlcma.Party.CommitAsync(() => RenewKeyAsync(cma, second, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A key that nobody has renewed in time is not renewed at all: the CMAs ask when they need one.
    private async ValueTask<IReadOnlyList<StoreChange>> RenewKeyAsync(StoredPeer cma, string? second, CancellationToken cancellationToken)
    {
        var cmas = await _tlcma.CmasAsync(cancellationToken).ConfigureAwait(false);
        var keys = await _tlcma.Store.ListPairKeysAsync(cma.CanonicalName, cancellationToken).ConfigureAwait(false);
        var last = keys.Where(key => key.First == cma.CanonicalName && key.Second == second).MaxBy(key => key.NotAfter)!;
        var other = cmas.FirstOrDefault(peer => peer.CanonicalName == second);
        if ((second is not null && other is null) || last.NotAfter <= _tlcma.Now || last.NotAfter - _tlcma.Now > _tlcma.Options.RenewalTime)
        {
            return [];
        }

        var start = WholeSeconds.Later(last.NotAfter - (_tlcma.Options.RenewalTime / 2), _tlcma.Now);
        return await MakeKeyAsync(
            DistinguishedName.Decode(cma.Name), other is null ? null : DistinguishedName.Decode(other.Name), start, start + (last.NotAfter - last.NotBefore), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<StoreChange>> MakeKeyAsync(DistinguishedName cma, DistinguishedName? other, DateTimeOffset notBefore, DateTimeOffset notAfter, CancellationToken cancellationToken)
    {
        var one = await FindAsync(cma, cancellationToken).ConfigureAwait(false);
        var second = other is null ? null : await FindAsync(other, cancellationToken).ConfigureAwait(false);
        var key = _pairs.Create(one.CanonicalName, second?.CanonicalName, notBefore, notAfter);
        var first = await _telling.AnnounceAsync(key, one, second, certificate: null, cancellationToken).ConfigureAwait(false);
        var last = second is null ? null : await _telling.AnnounceAsync(key, second, one, certificate: null, cancellationToken).ConfigureAwait(false);
        return [new StoreChange.AddPairKey(key), .. new[] { first, last }.OfType<StoreChange>()];
    }

    /// <summary>Sets whom this TLCMA itself revokes in a domain, and tells all CMAs concerned (CKI Part 2 ¶113).</summary>
    /// <param name="cma">The CMA of the domain.</param>
    /// <param name="users">The users, each with the reason; those named before and not now are no longer revoked.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The CMA is not configured, or a user is not in its domain.</exception>
    /// <exception cref="InvalidOperationException">They are revoked here, but the list, with those whom the domain's CMA has revoked, is longer than a message, so that not all CMAs are told.</exception>
    public async ValueTask SetRevokedUsersAsync(
        DistinguishedName cma, IReadOnlyList<(DistinguishedName User, RevokeUserReason Reason)> users, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(users);
        var isTold = true;
        RevokedUser[] list = [.. users.Select(entry => new RevokedUser(entry.User.Canonical, entry.User.Encoded, (int)entry.Reason))];
        await _tlcma.Party.CommitAsync(
            async () =>
            {
                var peer = await FindAsync(cma, cancellationToken).ConfigureAwait(false);
                if (users.FirstOrDefault(entry => !TlcmaContext.DomainOf(peer).Admits(entry.User)).User is { } stranger)
                {
                    throw new ArgumentException($"{stranger} is not in the domain of {cma}.", nameof(users));
                }

                var now = await _tlcma.Party.Clock.NextAsync(cancellationToken).ConfigureAwait(false);
                var changes = await _users.ReplaceAsync(new RevokedList(RevokedList.Own, peer.CanonicalName, now, list), peer, tellHome: true, cancellationToken).ConfigureAwait(false);
                isTold = !Announcements.AreLeftOut(changes);
                return changes;
            },
            cancellationToken).ConfigureAwait(false);
        if (!isTold)
        {
            throw new InvalidOperationException($"The list of revoked users of {cma} is longer than a message: not all CMAs are told. Name fewer.");
        }
    }

    /// <summary>Distributes a CRL of this TLCMA, or of an authority of the AKI, to all CMAs (CKI Part 2 ¶103–104).</summary>
    /// <param name="list">The CRL.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">It has no number, or one that is not higher than the last; or it names this TLCMA, which has not signed it. That of another authority is for the caller to verify.</exception>
    public async ValueTask DistributeCrlAsync(RevocationList list, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(list);
        if (list.Issuer.Equals(_tlcma.Options.Certificate.Subject) && Crls.FindObjection(list, [_tlcma.Options.Certificate], _tlcma.Party.Provider) is { } objection)
        {
            throw new ArgumentException($"The CRL is none of this TLCMA: {objection}.", nameof(list));
        }

        var record = Crls.Record(list);
        await _tlcma.Party.CommitAsync(
            async () => list.Number is null || (await _tlcma.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false)).Any(known => known.Issuer == record.Issuer && known.Number >= record.Number)
                ? throw new ArgumentException("The CRL has no number, or one that is not higher than the last.", nameof(list))
                : await _revocation.PutAsync(list, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    // The key is the one that they have: under a known reference the rest is brought up to date (profile section 1.1).
    private async ValueTask<IReadOnlyList<StoreChange>> TellAsync(Certificate certificate, CancellationToken cancellationToken)
    {
        var peers = await _tlcma.CmasAsync(cancellationToken).ConfigureAwait(false);
        var keys = (await _tlcma.Store.ListPairKeysAsync(certificate.Subject.Canonical, cancellationToken).ConfigureAwait(false)).Where(key => key.NotAfter > _tlcma.Now).ToArray();
        var changes = new List<StoreChange>();
        foreach (var (of, peer) in peers.Where(peer => peer.CanonicalName == certificate.Subject.Canonical).SelectMany(of => peers.Where(peer => peer != of).Select(peer => (of, peer))))
        {
            if (Array.FindLast(keys, key => key.First == peer.CanonicalName || key.Second == peer.CanonicalName) is { } key
                && await _telling.AnnounceAsync(key, peer, of, certificate, cancellationToken).ConfigureAwait(false) is { } announcement)
            {
                changes.Add(announcement);
            }
        }

        return changes;
    }

    private async ValueTask<StoredPeer> FindAsync(DistinguishedName name, CancellationToken cancellationToken) =>
        await _tlcma.Store.FindPeerAsync(name.Canonical, cancellationToken).ConfigureAwait(false) is { } peer && peer.Kinds.HasFlag(PartyKinds.Cma)
            ? peer
            : throw new ArgumentException($"{name} is not configured as a CMA.", nameof(name));
}
