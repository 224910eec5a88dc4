using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Issues send certificates to the users of the own domain (CKI Part 2 §III.D).</summary>
internal sealed class SendCertificateExchange(CmaContext cma, CertificateIssuer issuer) : Exchange<PKIBody.CkiSCrr>
{
    private const string Unauthorised = "CKI Part 2 ¶85 a";

    /// <inheritdoc/>
    public override bool MayDecideInVain => true;

    /// <inheritdoc/>
    protected override ValueTask<Rejection?> AuthoriseAsync(PKIBody.CkiSCrr body, Received received, CancellationToken cancellationToken)
    {
        // Another's name is refused before anybody looks him up, so that nothing tells who is enrolled.
        var user = DistinguishedName.From(body.Value.User, received.Sender.Name);
        return ValueTask.FromResult(
            !user.Equals(received.Sender.Name) ? Refuse($"{user} is not the sender, {received.Sender.Name}", "Ask for a certificate of your own.")
            : !cma.IsMine(user) ? Refuse($"{user} is outside the domain of this CMA", "Ask the CMA of your own domain.")
            : null);
    }

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.CkiSCrr body, Received received, CancellationToken cancellationToken)
    {
        var request = body.Value;
        if (!DistinguishedName.From(request.User, received.Sender.Name).HasOnlyCurrentStrings)
        {
            return new Decision.Refused(new Rejection(
                PKIFailureInfo.InvalidRequestParameters, "user", "a value is neither PrintableString nor UTF8String", "CKI Part 2 ¶85 b, profile section 2", "Encode the name with those types."));
        }

        if (await cma.Standing.FindRefusalAsync("¶85 c", cancellationToken).ConfigureAwait(false) is { } revoked)
        {
            return new Decision.Refused(revoked);
        }

        var state = received.State;
        var local = InteroperabilityKeyRing.KeysWith(cma: null, state);
        var decision = ValidityRule.Decide(
            request.SuggestedValidityStart.ToDateTimeOffset(), request.SuggestedValidityEnd?.ToDateTimeOffset(), cma.Now, local, cma.Certificate, cma.Options, ("CKI Part 2 ¶85 b", "CKI Part 2 ¶85 c"));
        if (decision is not ValidityDecision.Decided decided)
        {
            return new Decision.Refused(((ValidityDecision.Refused)decision).Rejection);
        }

        var enrolled = state.FindUser(received.From)
            ?? throw new InvalidOperationException("The user was authorised a moment ago and is gone.");
        if (enrolled.IsRevoked)
        {
            return new Decision.Refused(Refuse($"{received.Sender.Name} is revoked", "Ask the operator of the CMA."));
        }

        // The octets of his name are those that he was enrolled with.
        var user = enrolled.Name.Span.SequenceEqual(received.Sender.Name.Encoded.Span) ? received.Sender.Name : DistinguishedName.Decode(enrolled.Name);
        var (certificate, change) = await issuer.IssueAsync(
            DatedKeyUsage.Send, user, decided, state, cancellationToken).ConfigureAwait(false);
        var content = new CKISendCertRepContent
        {
            Status = new PKIStatusInfo { Status = decided.IsModified ? PKIStatus.GrantedWithMods : PKIStatus.Granted },
            SendCertificate = certificate.Value,
        };
        return new Decision.Answered(new PKIBody.CkiSCrp(content)) { Changes = [change] };
    }

    private static Rejection Refuse(string value, string nextStep) => new(PKIFailureInfo.UnauthorisedAccess, "user", value, Unauthorised, nextStep);
}
