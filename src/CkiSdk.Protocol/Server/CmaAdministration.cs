using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Server;

/// <summary>Is what an operator does with a CMA: interoperability keys of the own domain, its users, and who is revoked.</summary>
public sealed class CmaAdministration
{
    private readonly CmaContext _cma;
    private readonly Revocation _revocation;
    private readonly KeyArrival _arrival;
    private readonly RevokedUserNews _news;
    private readonly PresentState _present;
    private readonly KeyLife _life;
    private readonly PeerAdministration _peers;

    internal CmaAdministration(CmaContext cma, Revocation revocation, KeyArrival arrival, RevokedUserNews news, PresentState present, KeyLife life, PeerAdministration peers)
    {
        _peers = peers;
        _cma = cma;
        _present = present;
        _life = life;
        _revocation = revocation;
        _arrival = arrival;
        _news = news;
    }

    /// <summary>Makes an interoperability key of the own domain.</summary>
    /// <param name="notBefore">From when it is in effect; fractions of a second are cut.</param>
    /// <param name="notAfter">Until when.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The end is not after the start.</exception>
    public async ValueTask<StoredInteroperabilityKey> CreateLocalKeyAsync(
        DateTimeOffset notBefore, DateTimeOffset notAfter, CancellationToken cancellationToken = default)
    {
        if (WholeSeconds.Cut(notAfter) <= WholeSeconds.Cut(notBefore))
        {
            throw new ArgumentException("The end of the key's validity is not after its start.", nameof(notAfter));
        }

        var key = _cma.Keys.CreateLocal(notBefore, notAfter);
        await _cma.CommitAsync(
            async () => [new StoreChange.PutKey(key), Audit("key.made", $"local key {key.MyReference} from {key.NotBefore:u} to {key.NotAfter:u}"), .. await _arrival.AnnounceAsync(key, authority: null, cancellationToken).ConfigureAwait(false)], cancellationToken).ConfigureAwait(false);
        return key;
    }

    /// <summary>Makes a domain key with its certificate, signed by this CMA, for exchanges with peers (CKI Part 2 ¶49).</summary>
    /// <param name="notBefore">From when the certificate is valid.</param>
    /// <param name="notAfter">Until when.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The domain certificate.</returns>
    public async ValueTask<Certificate> CreateDomainKeyAsync(DateTimeOffset notBefore, DateTimeOffset notAfter, CancellationToken cancellationToken = default)
    {
        var (group, provider, signer) = (_cma.Options.Group, _cma.Party.Provider, _cma.Signers.At(_cma.Now));
        using var candidate = Secret.Random(group.CandidateLength, provider.Random);
        using var exponent = group.ExponentFrom(candidate);
        var template = CertificateProfiles.Domain(_cma.Me, DhPublicKeys.Encode(group, provider.DiffieHellman.PublicValue(group, exponent)), notBefore, notAfter);
        var certificate = await CertificateSigner.SignAsync(
            template, signer.Certificate, signer.Key, signer.Algorithm, SerialNumbers.Random(provider.Random), cancellationToken).ConfigureAwait(false);
        var key = new StoredDomainKey(certificate.Encoded, _cma.Keys.WrapExponent(exponent));
        await _cma.Store.CommitAsync(UnitOfWork.Of(new StoreChange.AddDomainKey(key), Audit("domain.key.made", $"certificate {Convert.ToHexStringLower(certificate.SerialNumber.Octets.Span)}")), cancellationToken).ConfigureAwait(false);
        return certificate;
    }

    /// <summary>Enrols a user, or one more time, and puts his seed keys into his outbox, sealed to his encryption certificate.</summary>
    /// <remarks>With another encryption certificate than before he gets other seed keys: somebody else may have the key of the one before. What waits for him sealed to that makes place. What he is besides he stays (<see cref="Enrolment.Besides"/>).</remarks>
    /// <param name="user">The user's name. If he is enrolled already, the first name stays.</param>
    /// <param name="encryptionCertificate">The certificate to which the seed keys are sealed; that it leads to an authority is for the caller to check.</param>
    /// <param name="now">The time; a key must be in effect then.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The name is outside the domain or has obsolete strings, or the certificate is another's, not valid, or not for receiving keys.</exception>
    /// <exception cref="InvalidOperationException">There is no key in effect, or the user is revoked.</exception>
    public async ValueTask EnrolAsync(DistinguishedName user, Certificate encryptionCertificate, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(encryptionCertificate);
        await EnrolAsync(new Enrolment(user, encryptionCertificate), now, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Enrols a user, or one more time, with what else is said of him.</summary>
    /// <param name="enrolment">What is said of him.</param>
    /// <param name="now">The time; a key must be in effect then.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What he is besides.</returns>
    /// <exception cref="ArgumentException">The name is outside the domain or has obsolete strings, the certificate is another's, not valid, or not for receiving keys, or its key is refused or that of another approver.</exception>
    /// <exception cref="InvalidOperationException">There is no key in effect, or the user is revoked and may not be.</exception>
    public async ValueTask<PartyKinds> EnrolAsync(Enrolment enrolment, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(enrolment);
        var (user, encryptionCertificate) = enrolment;
        CheckUser(user);
        CheckEncryptionCertificate(user, encryptionCertificate, now);
        if (enrolment.AuthenticationCertificate is { } authentication && !authentication.Subject.Equals(user))
        {
            throw new ArgumentException($"The authentication certificate is that of {authentication.Subject}, not of {user}.", nameof(enrolment));
        }

        if ((enrolment.Besides & ~(PartyKinds.RecoveryRequester | PartyKinds.RecoveryApprover)) is not (null or PartyKinds.None))
        {
            throw new ArgumentException($"A user is no {enrolment.Besides} besides.", nameof(enrolment));
        }

        var local = await _cma.Keys.KeysWithAsync(cma: null, cancellationToken).ConfigureAwait(false);

        // After a restore from backup he gets the seed key of the next key as all do.
        if (InteroperabilityKeyRing.InEffect(local, now) is null && !local.Any(key => key.IsRetired && key.NotAfter > now))
        {
            throw new InvalidOperationException("No local interoperability key is in effect now; make one first.");
        }

        if (!_cma.Certificate.IsValidAt(_cma.Now))
        {
            throw new InvalidOperationException("The CMA certificate is not valid now; get another one first.");
        }

        var besides = PartyKinds.None;
        await _cma.CommitAsync(
            async () =>
            {
                (besides, var changes) = await EnrolAsync(enrolment, cancellationToken).ConfigureAwait(false);
                return changes;
            },
            cancellationToken).ConfigureAwait(false);
        return besides;
    }

    /// <summary>Revokes a user of the own domain: no new certificates, and those that he has go into the CRL (CKI Part 2 ¶111, ¶113).</summary>
    /// <param name="user">The user.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False where he is not enrolled.</returns>
    /// <exception cref="InvalidOperationException">He is revoked, but the list is longer than a message, so that other domains are not told.</exception>
    public ValueTask<bool> RevokeAsync(DistinguishedName user, RevokeUserReason reason, CancellationToken cancellationToken = default) => RevokeAsync(user, reason, note: null, cancellationToken);

    /// <summary>Revokes a user of the own domain, and keeps in the audit log by whom and why.</summary>
    /// <param name="user">The user.</param>
    /// <param name="reason">The reason that other domains are told.</param>
    /// <param name="note">Who does it, and why; null for nothing of that.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False where he is not enrolled.</returns>
    /// <exception cref="InvalidOperationException">He is revoked, but the list is longer than a message, so that other domains are not told.</exception>
    public ValueTask<bool> RevokeAsync(DistinguishedName user, RevokeUserReason reason, OperatorNote? note, CancellationToken cancellationToken = default) => ChangeListAsync(
        user,
        (list, name) => [.. list.Where(entry => entry.CanonicalName != name.CanonicalName), new RevokedUser(name.CanonicalName, name.Name, (int)reason)],
        name => note?.ToEntry(_cma.Now, "user.revoked", $"{name.CanonicalName}; {reason}"),
        cancellationToken);

    /// <summary>Takes the revocation of a user back; he gets a new seed key, because the old identifiers are never used again (CKI Part 2 ¶115).</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False where he is not enrolled.</returns>
    /// <exception cref="InvalidOperationException">He is restored, but the list is still longer than a message, so that other domains are not told.</exception>
    public ValueTask<bool> RestoreAsync(DistinguishedName user, CancellationToken cancellationToken = default) => RestoreAsync(user, note: null, cancellationToken);

    /// <summary>Takes the revocation of a user back, and keeps in the audit log by whom and why.</summary>
    /// <param name="user">The user.</param>
    /// <param name="note">Who does it, and why; null for nothing of that.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False where he is not enrolled.</returns>
    /// <exception cref="InvalidOperationException">He is restored, but the list is still longer than a message, so that other domains are not told.</exception>
    public ValueTask<bool> RestoreAsync(DistinguishedName user, OperatorNote? note, CancellationToken cancellationToken = default) => ChangeListAsync(
        user,
        (list, name) => [.. list.Where(entry => entry.CanonicalName != name.CanonicalName)],
        name => note?.ToEntry(_cma.Now, "user.restored", name.CanonicalName),
        cancellationToken);

    /// <summary>Says that a user often communicates with an external domain, so that he is told of new keys unasked (CKI Part 2 ¶62), or no longer.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cma">The CMA of the domain.</param>
    /// <param name="isFrequent">Whether he does.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask SetCorrespondenceAsync(DistinguishedName user, DistinguishedName cma, bool isFrequent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(cma);
        await _cma.CommitAsync(() => new([new StoreChange.SetCorrespondence(user.Canonical, cma.Canonical, isFrequent)]), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets a party act for a user (CKI Part 2 ¶65), or no longer.</summary>
    /// <param name="user">The user.</param>
    /// <param name="party">The party.</param>
    /// <param name="isAllowed">Whether it may.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask SetDelegateAsync(DistinguishedName user, DistinguishedName party, bool isAllowed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(party);
        var entry = Audit(isAllowed ? "delegate.allowed" : "delegate.withdrawn", $"{party} for {user}");
        await _cma.Store.CommitAsync(
            UnitOfWork.Of(new StoreChange.SetDelegate(user.Canonical, party.Canonical, isAllowed), entry), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the own CRLs, signed by keys in use, that are too large to be announced to anybody: users cannot seal or open without them.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<StoredCrl>> ListLargeCrlsAsync(CancellationToken cancellationToken = default)
    {
        var own = _cma.Signers.Until(_cma.Now).Select(signer => Crls.IssuerOf(signer.Certificate)).ToHashSet(StringComparer.Ordinal);
        return [.. (await _cma.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false)).Where(crl => own.Contains(crl.Issuer) && Crls.IsTooLarge(crl.Encoded))];
    }

    /// <summary>Tells whether a CRL of its issuer revokes the CMA certificate in force (CKI Part 2 ¶104): nobody takes what is issued under it.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public ValueTask<bool> IsRevokedAsync(CancellationToken cancellationToken = default) => IsRevokedAsync(_cma.Certificate, cancellationToken);

    /// <summary>Tells whether a CRL of its issuer revokes a CMA certificate, such as one that is to take over (CKI Part 2 ¶104).</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<bool> IsRevokedAsync(Certificate certificate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return RevokedAuthorities.Find(await _cma.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false), certificate) is not null;
    }

    private async ValueTask<bool> ChangeListAsync(
        DistinguishedName user, Func<IReadOnlyList<RevokedUser>, EnrolledUser, IReadOnlyList<RevokedUser>> change, Func<EnrolledUser, AuditEntry?> note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var isKnown = false;
        var isTold = true;
        await _cma.CommitAsync(
            async () =>
            {
                var enrolled = await _cma.Store.FindUserAsync(user.Canonical, cancellationToken).ConfigureAwait(false);
                isKnown = enrolled is not null;
                var changes = enrolled is null ? [] : await ChangesAsync(enrolled).ConfigureAwait(false);
                isTold = !Announcements.AreLeftOut(changes);
                return changes;
            },
            cancellationToken).ConfigureAwait(false);

        // What he was issued while the CRL was being signed is revoked with the rest, and named by the next one.
        try
        {
            await _cma.CommitAsync(() => _life.CrlAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (StaleStateException)
        {
            // The change itself is stored; maintenance issues the next one.
        }

        return isTold
            ? isKnown
            : throw new InvalidOperationException($"The change for {user} holds in this domain, but other domains are not told: the list of revoked users is longer than a message. Take back the revocations of users who can no longer reach this CMA.");

        async ValueTask<IReadOnlyList<StoreChange>> ChangesAsync(EnrolledUser enrolled)
        {
            var last = await _cma.Store.FindRevokedListAsync(RevokedList.Own, RevokedList.Own, cancellationToken).ConfigureAwait(false);
            var time = await _cma.Party.Clock.NextAsync(cancellationToken).ConfigureAwait(false);
            var list = new RevokedList(RevokedList.Own, RevokedList.Own, time, change(last?.Users ?? [], enrolled));
            var changes = await _revocation.ApplyAsync([list], cancellationToken).ConfigureAwait(false);
            if (changes.Count == 0)
            {
                throw new StaleStateException("The revoked user list was changed meanwhile.");
            }

            var entry = Audit("users.revoked", string.Join("; ", list.Users.Select(revoked => revoked.CanonicalName)));
            IReadOnlyList<StoreChange> noted = note(enrolled) is { } said ? [new StoreChange.Audit(said), entry] : [entry];
            return [.. changes, .. await _news.TellAllAsync(list.Users, cancellationToken).ConfigureAwait(false), .. noted];
        }
    }

    private StoreChange.Audit Audit(string what, string detail) => new(new AuditEntry(_cma.Now, what, "operator", detail));

    private async ValueTask<(PartyKinds Besides, IReadOnlyList<StoreChange> Changes)> EnrolAsync(Enrolment enrolment, CancellationToken cancellationToken)
    {
        var (user, encryptionCertificate) = enrolment;
        var known = await _cma.Store.FindUserAsync(user.Canonical, cancellationToken).ConfigureAwait(false);
        if (known is { IsRevoked: true } && !enrolment.WhileRevoked)
        {
            throw new InvalidOperationException($"{user} is revoked; he gets no keys before that is taken back.");
        }

        var party = await _cma.Store.FindPeerAsync(user.Canonical, cancellationToken).ConfigureAwait(false);
        var besides = enrolment.Besides ?? party?.Kinds ?? PartyKinds.None;
        var authentication = enrolment.AuthenticationCertificate;
        var enrolled = new EnrolledUser(user.Canonical, known?.Name ?? user.Encoded) { EncryptionCertificate = encryptionCertificate.Encoded, AuthenticationCertificate = authentication?.Encoded ?? default };
        var isAnew = known is { EncryptionCertificate.IsEmpty: false } && !known.EncryptionCertificate.Span.SequenceEqual(encryptionCertificate.Encoded.Span);
        var waiting = isAnew ? await _cma.Store.ListAnnouncementsAsync(user.Canonical, cancellationToken).ConfigureAwait(false) : [];
        IReadOnlyList<StoreChange> cleared = waiting.Count == 0 ? [] : [new StoreChange.RemoveAnnouncements(user.Canonical, waiting[^1].Number)];
        var bodies = waiting.Select(announcement => PKIMessage.Decode(announcement.Message).Body).ToArray();
        return (besides,
        [
            new StoreChange.PutUser(enrolled),
            .. cleared,
            .. await _present.TellUserAsync(enrolled, bodies, withNewSeeds: isAnew, cancellationToken).ConfigureAwait(false),
            Audit("user.enrolled", user.Canonical),
            .. authentication is null ? [] : new[] { Audit("user.authentication", $"{user.Canonical} by the certificate {authentication.SerialNumber}") },
            .. besides == PartyKinds.None && party is null ? [] : await _peers.ChangesAsync(user, besides, null, encryptionCertificate, null, cancellationToken).ConfigureAwait(false),
        ]);
    }

    private void CheckUser(DistinguishedName user)
    {
        if (user.Count == 0 || !_cma.IsMine(user))
        {
            throw new ArgumentException($"{user} is outside the domain of {_cma.Me}.", nameof(user));
        }

        if (!user.HasOnlyCurrentStrings)
        {
            throw new ArgumentException($"{user} has a value that is neither PrintableString nor UTF8String.", nameof(user));
        }
    }

    private static void CheckEncryptionCertificate(DistinguishedName user, Certificate encryptionCertificate, DateTimeOffset now)
    {
        if (!encryptionCertificate.Subject.Equals(user))
        {
            throw new ArgumentException($"The encryption certificate is that of {encryptionCertificate.Subject}, not of {user}.", nameof(encryptionCertificate));
        }

        // Checked before the user is stored, so that no enrolment stays without its seed key.
        if (!encryptionCertificate.IsValidAt(now) || !CertificateRules.CanReceiveKeys(encryptionCertificate))
        {
            throw new ArgumentException("The encryption certificate is not valid now, or not made for receiving keys.", nameof(encryptionCertificate));
        }
    }
}
