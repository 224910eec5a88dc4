using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Issuing;

/// <summary>
/// Renews and announces send and receive certificates (CKI Part 2 ¶79, ¶91): before they end, and at once where the domain's base and modulus have changed,
/// because keys of different groups do not go together (profile section 1).
/// </summary>
internal sealed class CertificateLife(CmaContext cma, CertificateIssuer issuer, Recipients recipients)
{
    private DateTimeOffset Soon => cma.Now + cma.Options.CertificateRenewalTime;

    /// <summary>Lists the certificates that have to be followed by others now.</summary>
    public async ValueTask<IReadOnlyList<IssuedCertificate>> DueAsync(CancellationToken cancellationToken)
    {
        if (await cma.Standing.FindRevocationAsync(cancellationToken).ConfigureAwait(false) is not null)
        {
            return [];
        }

        // Only where keys of several groups are in use can a certificate that does not end soon be of the wrong one.
        var local = await cma.Keys.KeysWithAsync(cma: null, cancellationToken).ConfigureAwait(false);
        var groups = local.Where(key => key.NotAfter > cma.Now).Select(key => Convert.ToHexString(key.BaseAndModulus.Span)).Distinct(StringComparer.Ordinal).Count();
        var listed = await cma.Store.ListEndingAsync(cma.Now, groups > 1 ? DateTimeOffset.MaxValue : Soon, cancellationToken).ConfigureAwait(false);
        var group = await cma.GroupAtAsync(cma.Now, cancellationToken).ConfigureAwait(false);
        return [.. listed.Where(certificate => certificate.NotAfter <= Soon || !IsOf(group, Certificate.Decode(certificate.Encoded)))];
    }

    /// <summary>Works out what follows a certificate, and who hears of it: its user of a send certificate, those who have asked for it of a receive certificate.</summary>
    public async ValueTask<IReadOnlyList<StoreChange>> RenewAsync(IssuedCertificate due, CancellationToken cancellationToken) =>
        due.Usage == IssuedCertificate.Send
            ? await SendAsync(due, cancellationToken).ConfigureAwait(false)
            : await ReceiveAsync(due, cancellationToken).ConfigureAwait(false);

    private async ValueTask<IReadOnlyList<StoreChange>> SendAsync(IssuedCertificate due, CancellationToken cancellationToken)
    {
        var user = await cma.Store.FindUserAsync(due.Subject, cancellationToken).ConfigureAwait(false);
        if (user is not { IsRevoked: false })
        {
            return [];
        }

        var name = DistinguishedName.Decode(user.Name);
        var (certificate, change) = await NextAsync(due, name, home: null, cancellationToken).ConfigureAwait(false);
        return certificate is null || change is null ? [] : [change, await cma.AnnounceAsync(name, new PKIBody.CkiSCann(certificate.Value), cancellationToken).ConfigureAwait(false)];
    }

    private async ValueTask<IReadOnlyList<StoreChange>> ReceiveAsync(IssuedCertificate due, CancellationToken cancellationToken)
    {
        var holders = await HoldersAsync(due, cancellationToken).ConfigureAwait(false);
        if (holders.Count == 0)
        {
            return [];
        }

        // A recipient who is revoked or whose domain is known no longer gets no certificate (¶93, ¶94).
        var (_, recipient) = await recipients.FindAsync(Certificate.Decode(due.Encoded).Subject, cancellationToken).ConfigureAwait(false);
        var (certificate, change) = recipient is null ? (null, null) : await NextAsync(due, recipient.Name, recipient.Home, cancellationToken).ConfigureAwait(false);
        if (certificate is null)
        {
            return [];
        }

        var body = new PKIBody.CkiRCann(new CKIRecCertAnnContent((SequenceOf<Asn1.Modules.AuthenticationFramework.Certificate>)new[] { certificate.Value }));
        var changes = new List<StoreChange>();
        changes.AddRange(change is null ? [] : recipient!.Fix is { } fix ? [fix, change] : [change]);
        foreach (var holder in holders)
        {
            changes.Add(await cma.AnnounceAsync(DistinguishedName.Decode(holder.Name), body, cancellationToken).ConfigureAwait(false));
        }

        // They hear of one: who still writes to him asks again when that ends, and hears of the next.
        return [.. changes, new StoreChange.RemoveHolders(due.Serial)];
    }

    // A certificate that was made meanwhile, for whatever reason, serves as well.
    private async ValueTask<(Certificate? Certificate, StoreChange? Change)> NextAsync(IssuedCertificate due, DistinguishedName name, string? home, CancellationToken cancellationToken)
    {
        var last = Certificate.Decode(due.Encoded);
        var now = cma.Now;
        var isEnding = due.NotAfter <= Soon;
        var renewed = last.NotAfter - (cma.Options.CertificateRenewalTime / 2);
        var start = isEnding && renewed > now ? renewed : now;
        var group = await cma.GroupAtAsync(start, cancellationToken).ConfigureAwait(false);
        var known = (await cma.Store.ListCertificatesAsync(due.Subject, due.Usage, now, cancellationToken).ConfigureAwait(false)).Select(other => Certificate.Decode(other.Encoded));
        var revokedKeys = await cma.Standing.RevokedKeysAsync(cancellationToken).ConfigureAwait(false);
        if (known.FirstOrDefault(other => !revokedKeys.Contains(other.AuthorityKeyIdentifier!.Value) && other.NotBefore <= start && IsOf(group, other) && (isEnding ? other.NotAfter > last.NotAfter : other.NotAfter >= last.NotAfter)) is { } usable)
        {
            return (usable, null);
        }

        var state = await cma.Store.StateAsync(cancellationToken).ConfigureAwait(false);
        var keys = InteroperabilityKeyRing.KeysWith(home, state);
        var decision = ValidityRule.Decide(start, suggestedEnd: null, now, keys, cma.Certificate, cma.Options, ("CKI Part 2 ¶85 b", "CKI Part 2 ¶85 c"));
        if (decision is not ValidityDecision.Decided decided || (isEnding && decided.NotAfter <= last.NotAfter))
        {
            return (null, null);
        }

        var usage = due.Usage == IssuedCertificate.Send ? DatedKeyUsage.Send : DatedKeyUsage.Receive;
        return await issuer.IssueAsync(usage, name, decided, state, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<EnrolledUser>> HoldersAsync(IssuedCertificate due, CancellationToken cancellationToken)
    {
        var users = new List<EnrolledUser>();
        foreach (var holder in await cma.Store.ListHoldersAsync(due.Serial, cancellationToken).ConfigureAwait(false))
        {
            if (await cma.Store.FindUserAsync(holder, cancellationToken).ConfigureAwait(false) is { IsRevoked: false } user)
            {
                users.Add(user);
            }
        }

        return users;
    }

    private bool IsOf(DhGroup group, Certificate certificate) =>
        DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, cma.Options.Groups, out var its, out _) && its.Equals(group);
}
