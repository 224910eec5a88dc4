using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Issues receive certificates of any domain's users to the users of the own one (CKI Part 2 §III.E). One bad recipient refuses the whole request.</summary>
internal sealed class ReceiveCertificatesExchange(CmaContext cma, CertificateIssuer issuer, Recipients recipients) : Exchange<PKIBody.CkiRCrr>
{
    private const string Field = "recipientUsers";
    private const string Invalid = "CKI Part 2 ¶99 c";
    private const int MostRecipients = 1000;

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.CkiRCrr body, Received received, CancellationToken cancellationToken)
    {
        var request = body.Value;
        if (request.RecipientUsers.Count is 0 or > MostRecipients)
        {
            return new Decision.Refused(new Rejection(
                PKIFailureInfo.InvalidRequestParameters, Field, $"it names {request.RecipientUsers.Count} users", Invalid, $"Name 1 to {MostRecipients} recipients."));
        }

        var certificates = new List<Certificate>();
        var changes = new List<StoreChange>();
        var made = new Dictionary<DistinguishedName, Certificate>();
        var isModified = false;
        foreach (var name in request.RecipientUsers)
        {
            var user = DistinguishedName.From(name);
            if (!made.TryGetValue(user, out var certificate))
            {
                var (rejection, recipient) = await recipients.FindAsync(user, cancellationToken).ConfigureAwait(false);
                if (recipient is null)
                {
                    return new Decision.Refused(rejection!);
                }

                (var refusal, certificate) = await CertifyAsync(request, recipient, received, changes, cancellationToken).ConfigureAwait(false);
                if (certificate is null)
                {
                    return new Decision.Refused(refusal!);
                }

                made[user] = certificate;
                changes.Add(new StoreChange.AddHolder(certificate.SerialNumber.ToUnsigned().ToArray(), received.From));
                isModified |= !IsAsAsked(request, certificate);
            }

            certificates.Add(certificate);
        }

        return new Decision.Answered(new PKIBody.CkiRCrp(new CKIRecCertRepContent
        {
            Status = new PKIStatusInfo { Status = isModified ? PKIStatus.GrantedWithMods : PKIStatus.Granted },
            ReceiveCerts = (SequenceOf<Asn1.Modules.AuthenticationFramework.Certificate>)certificates.Select(certificate => certificate.Value).ToArray(),
        }))
        { Changes = changes };
    }

    private async ValueTask<(Rejection? Refusal, Certificate? Certificate)> CertifyAsync(
        CKIRecCertReqContent request, Recipient recipient, Received received, List<StoreChange> changes, CancellationToken cancellationToken)
    {
        var keys = await cma.Keys.KeysWithAsync(recipient.Home, cancellationToken).ConfigureAwait(false);
        var decision = ValidityRule.Decide(
            request.SuggestedValidityStart.ToDateTimeOffset(), request.SuggestedValidityEnd?.ToDateTimeOffset(), cma.Now, keys, cma.Certificate, cma.Options, (Invalid, "CKI Part 2 ¶99 d"));
        if (decision is not ValidityDecision.Decided decided)
        {
            var rejection = ((ValidityDecision.Refused)decision).Rejection;
            return (rejection with { Value = $"{rejection.Value}, for {recipient.Name}" }, null);
        }

        if (await FindUsableAsync(recipient, decided, request, cancellationToken).ConfigureAwait(false) is { } usable)
        {
            return (null, usable);
        }

        var (certificate, change) = await issuer.IssueAsync(DatedKeyUsage.Receive, recipient.Name, decided, received.Transaction, cancellationToken).ConfigureAwait(false);
        changes.Add(change);
        return (null, certificate);
    }

    // CKI Part 2 ¶95: of the certificates made before, one as asked for, else the one that lasts longest. A user who has too little of it asks for a later start.
    private async ValueTask<Certificate?> FindUsableAsync(
        Recipient recipient, ValidityDecision.Decided decided, CKIRecCertReqContent request, CancellationToken cancellationToken)
    {
        var generation = await cma.Store.GenerationAsync(decided.Key.MyReference, recipient.Name.Canonical, cancellationToken).ConfigureAwait(false);
        var group = await cma.GroupAtAsync(decided.NotBefore, cancellationToken).ConfigureAwait(false);
        var known = await cma.Store.ListCertificatesAsync(recipient.Name.Canonical, IssuedCertificate.Receive, cma.Now, cancellationToken).ConfigureAwait(false);
        var usable = known
            .Where(issued => issued.KeyReference == decided.Key.MyReference && issued.Generation == generation)
            .Select(issued => Certificate.Decode(issued.Encoded))
            .Where(certificate => certificate.NotBefore <= decided.NotBefore && decided.NotBefore < certificate.NotAfter
                && certificate.AuthorityKeyIdentifier == cma.Certificate.SubjectKeyIdentifier
                && Pki.Algorithms.DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, cma.Options.Groups, out var its, out _) && its.Equals(group))
            .ToArray();
        return Array.Find(usable, certificate => IsAsAsked(request, certificate)) ?? usable.FirstOrDefault();
    }

    private static bool IsAsAsked(CKIRecCertReqContent request, Certificate certificate) =>
        WholeSeconds.Cut(request.SuggestedValidityStart.ToDateTimeOffset()) == certificate.NotBefore
        && (request.SuggestedValidityEnd is not { } end || WholeSeconds.Cut(end.ToDateTimeOffset()) == certificate.NotAfter);
}
