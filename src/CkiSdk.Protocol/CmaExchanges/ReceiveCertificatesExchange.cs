using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Issues receive certificates of any domain's users to the users of the own one (CKI Part 2 §III.E). One bad recipient refuses the whole request.</summary>
internal sealed class ReceiveCertificatesExchange(CmaContext cma, CertificateIssuer issuer, Recipients recipients, DomainQuestions questions) : Exchange<PKIBody.CkiRCrr>
{
    private const string Field = "recipientUsers";
    private const string Invalid = "CKI Part 2 ¶99 c";
    private const int MostRecipients = 1000;
    private const int RestOfCertificate = 330; // octets of serial number, algorithms, validity, extensions; the signature is not longer than the key of the CMA certificate
    private static readonly TimeSpan CheckBack = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override bool MayDecideInVain => true;

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.CkiRCrr body, Received received, CancellationToken cancellationToken)
    {
        var request = body.Value;
        if (request.RecipientUsers.Count is 0 or > MostRecipients)
        {
            return new Decision.Refused(new Rejection(
                PKIFailureInfo.InvalidRequestParameters, Field, $"it names {request.RecipientUsers.Count} users", Invalid, $"Name 1 to {MostRecipients} recipients."));
        }

        if (await cma.Standing.FindRefusalAsync("¶99 d", cancellationToken).ConfigureAwait(false) is { } revoked)
        {
            return new Decision.Refused(revoked);
        }

        var users = request.RecipientUsers.Select(DistinguishedName.From).ToArray();
        var state = received.State;
        var (unknown, once) = await recipients.FindAsync(users, state, cancellationToken).ConfigureAwait(false);
        if (unknown is not null)
        {
            return unknown.Failure == PKIFailureInfo.UnrecognisedDomain && await AskAsync(recipients.ListStrangers(users, state), [], received, cancellationToken).ConfigureAwait(false) is { } waiting
                ? waiting
                : new Decision.Refused(unknown);
        }

        if (await FindExcessAsync(once, received, cancellationToken).ConfigureAwait(false) is { } excess)
        {
            return new Decision.Refused(excess);
        }

        var (refusal, decided) = Decide(request, once, state);
        if (refusal is not null)
        {
            return refusal.Failure == PKIFailureInfo.InteroperabilityKeyUnavailable && await AskAsync([], WithoutKey(once, state), received, cancellationToken).ConfigureAwait(false) is { } waiting
                ? waiting
                : new Decision.Refused(refusal);
        }

        if (FindRoom(users, state) is { } most)
        {
            return new Decision.Refused(new Rejection(
                PKIFailureInfo.InvalidRequestParameters, Field, $"the certificates of {users.Length} users do not go into one message", Invalid, $"Name {most} of them at a time."));
        }

        // On all processors, because a request may name a thousand; on each as many together as keys are computed together.
        var ofProcessor = (once.Count + Environment.ProcessorCount - 1) / Environment.ProcessorCount;
        var sets = once.Chunk(Math.Min(ofProcessor, issuer.AtOnce)).ToArray();
        var bySet = new (Certificate Certificate, IReadOnlyList<StoreChange> Changes)[sets.Length][];
        await Parallel.ForAsync(0, sets.Length, cancellationToken, async (i, token) =>
            bySet[i] = await CertifyAsync(request, sets[i], decided, received, state, token).ConfigureAwait(false)).ConfigureAwait(false);
        var certified = bySet.SelectMany(each => each).ToArray();
        var areAllAsAsked = Array.TrueForAll(certified, each => IsAsAsked(request, each.Certificate));
        var made = once.Zip(certified).ToDictionary(each => each.First.Name, each => each.Second.Certificate);
        return new Decision.Answered(new PKIBody.CkiRCrp(new CKIRecCertRepContent
        {
            Status = new PKIStatusInfo { Status = areAllAsAsked ? PKIStatus.Granted : PKIStatus.GrantedWithMods },
            ReceiveCerts = (SequenceOf<Asn1.Modules.AuthenticationFramework.Certificate>)users.Select(user => made[user].Value).ToArray(),
        }))
        { Changes = [.. certified.SelectMany(each => each.Changes)] };
    }

    // Whoever is named of a domain that nobody has told this CMA of, or with which it has no key: the TLCMA may know it. Null where it is not asked.
    private async ValueTask<Decision?> AskAsync(IReadOnlyList<DistinguishedName> strangers, IReadOnlyList<DistinguishedName> cmas, Received received, CancellationToken cancellationToken) =>
        await questions.AskAsync(strangers, cmas, received.From, cancellationToken).ConfigureAwait(false) is { } changes
            ? new Decision.Waiting(
                new PKIBody.CkiRCrp(new CKIRecCertRepContent { Status = new PKIStatusInfo { Status = PKIStatus.Waiting } }),
                $"The TLCMA is asked for the domain of {string.Join(" and ", strangers.Concat(cmas))}.",
                cma.Now + CheckBack)
            { Changes = changes }
            : null;

    private IReadOnlyList<DistinguishedName> WithoutKey(IReadOnlyList<Recipient> once, IStateView state) =>
        [.. cma.Authorities.InForce(cma.Now, state).Select(authority => authority.Subject)
            .Where(home => once.Any(recipient => recipient.Home == home.Canonical) && !InteroperabilityKeyRing.KeysWith(home.Canonical, state).Any(key => key.NotAfter > cma.Now && !key.IsRetired))];

    // Nobody here can tell whether a user of another domain exists, and each that is named leaves a name and a certificate in the store.
    private async ValueTask<Rejection?> FindExcessAsync(IReadOnlyList<Recipient> once, Received received, CancellationToken cancellationToken)
    {
        var (unheard, most) = (once.Count(recipient => recipient.Fix is not null), cma.Options.NewNamesPerDay);
        if (unheard == 0 || most == CmaOptions.Unlimited)
        {
            return null;
        }

        var named = await cma.Store.CountNamesAsync(received.From, cma.Now - TimeSpan.FromDays(1), cancellationToken).ConfigureAwait(false);
        return named + unheard <= most ? null : new Rejection(
            PKIFailureInfo.UnauthorisedAccess, Field, $"{unheard} of them nobody has named before, and {named} such were named by {received.Sender.Name} within a day; {most} are allowed", "CKI Part 2 ¶99 b", "Ask for fewer, or tomorrow, or ask the operator of the CMA.");
    }

    // Null where all certificates go into one message, else about how many do.
    private int? FindRoom(DistinguishedName[] users, IStateView state)
    {
        const int parameters = 3; // p, q and y are as long as the modulus
        var (authority, modulus) = (cma.Certificate, cma.GroupAt(cma.Now, state).Length);
        var fixedLength = (parameters * modulus) + authority.Subject.Encoded.Length + authority.SubjectPublicKeyInfo.Length + RestOfCertificate;
        var length = users.Sum(user => (long)fixedLength + user.Encoded.Length);
        return length <= MessageLimit.OctetsOfBody ? null : Math.Max(1, (int)(MessageLimit.OctetsOfBody * (long)users.Length / length));
    }

    // Validity and key are the same for all recipients of a domain.
    private (Rejection? Rejection, IReadOnlyDictionary<string, ValidityDecision.Decided> ByHome) Decide(CKIRecCertReqContent request, IReadOnlyList<Recipient> once, IStateView state)
    {
        var byHome = new Dictionary<string, ValidityDecision.Decided>(StringComparer.Ordinal);
        foreach (var recipient in once.DistinctBy(recipient => recipient.Home))
        {
            var keys = InteroperabilityKeyRing.KeysWith(recipient.Home, state);
            var decision = ValidityRule.Decide(
                request.SuggestedValidityStart.ToDateTimeOffset(), request.SuggestedValidityEnd?.ToDateTimeOffset(), cma.Now, keys, cma.Certificate, cma.Options, (Invalid, "CKI Part 2 ¶99 d"));
            if (decision is not ValidityDecision.Decided decided)
            {
                var rejection = ((ValidityDecision.Refused)decision).Rejection;
                return (rejection with { Value = $"{rejection.Value}, for {recipient.Name}" }, byHome);
            }

            byHome.Add(recipient.Home ?? "", decided);
        }

        return (null, byHome);
    }

    private async ValueTask<(Certificate Certificate, IReadOnlyList<StoreChange> Changes)[]> CertifyAsync(
        CKIRecCertReqContent request, Recipient[] set, IReadOnlyDictionary<string, ValidityDecision.Decided> byHome, Received received, IStateView state, CancellationToken cancellationToken)
    {
        var certified = new (Certificate Certificate, IReadOnlyList<StoreChange> Changes)[set.Length];
        var plans = new List<(int Index, CertificatePlan Plan)>(set.Length);
        foreach (var (i, recipient) in set.Index())
        {
            var plan = CertificatePlan.For(DatedKeyUsage.Receive, recipient.Name, byHome[recipient.Home ?? ""], cma, state);

            // Whose name was never fixed has no certificate yet.
            if (recipient.Fix is null && await FindUsableAsync(plan, request, cancellationToken).ConfigureAwait(false) is { } usable)
            {
                certified[i] = (usable, [new StoreChange.AddHolder(usable.SerialNumber.ToUnsigned().ToArray(), received.From)]);
            }
            else
            {
                plans.Add((i, plan));
            }
        }

        var issued = await issuer.IssueAsync([.. plans.Select(each => each.Plan)], cancellationToken).ConfigureAwait(false);
        foreach (var ((i, _), (certificate, change)) in plans.Zip(issued))
        {
            var held = change with { Holder = received.From };
            certified[i] = (certificate, set[i].Fix is { } fix ? [fix with { NamedBy = received.From, NamedAt = cma.Now }, held] : [held]);
        }

        return certified;
    }

    // CKI Part 2 ¶95: of the certificates made before, one as asked for, else the one that lasts longest. A user who has too little of it asks for a later start.
    private async ValueTask<Certificate?> FindUsableAsync(CertificatePlan plan, CKIRecCertReqContent request, CancellationToken cancellationToken)
    {
        var (start, group) = (plan.Description.NotBefore, plan.Description.Group);
        var known = await cma.Store.ListCertificatesAsync(plan.Subject.Canonical, IssuedCertificate.Receive, cma.Now, cancellationToken).ConfigureAwait(false);
        var usable = known
            .Where(issued => issued.KeyReference == plan.Key.MyReference && issued.Generation == plan.Generation)
            .Select(issued => Certificate.Decode(issued.Encoded))
            .Where(certificate => certificate.NotBefore <= start && start < certificate.NotAfter
                && certificate.AuthorityKeyIdentifier == cma.Certificate.SubjectKeyIdentifier
                && Pki.Algorithms.DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, cma.Options.Groups, out var its, out _) && its.Equals(group))
            .ToArray();
        return Array.Find(usable, certificate => IsAsAsked(request, certificate)) ?? usable.FirstOrDefault();
    }

    private static bool IsAsAsked(CKIRecCertReqContent request, Certificate certificate) =>
        WholeSeconds.Cut(request.SuggestedValidityStart.ToDateTimeOffset()) == certificate.NotBefore
        && (request.SuggestedValidityEnd is not { } end || WholeSeconds.Cut(end.ToDateTimeOffset()) == certificate.NotAfter);
}
