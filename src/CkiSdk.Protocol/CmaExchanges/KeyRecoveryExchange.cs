using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Recreates private keys for those who may have them (CKI Part 2 §III.H): nothing is computed before enough different people have approved.</summary>
internal sealed class KeyRecoveryExchange(CmaContext cma, RecoveryOptions options, RecoverableKeys keys) : Exchange<PKIBody.Krr>
{
    private const string Invalid = "CKI Part 2 ¶122, ¶127 b";

    /// <inheritdoc/>
    public override bool TakesTurns => true;

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.Krr body, Received received, CancellationToken cancellationToken)
    {
        var templates = body.Value.FullCertTemplates.Value;
        if (Check(templates) is { } invalid)
        {
            return new Decision.Refused(invalid);
        }

        var peer = (await cma.Store.FindPeerAsync(received.From, cancellationToken).ConfigureAwait(false))!;
        if (EncryptionCertificates.Find(received, peer.EncryptionCertificate, cma.Options.AuthenticationAnchors, cma.Party) is not { } recipient)
        {
            return new Decision.Refused(Unauthorised("extraCerts", "no valid encryption certificate of the sender is known, and none came along", "Send one in extraCerts."));
        }

        var id = RecoveryCases.IdOf(received.Transaction);
        var cases = await cma.Store.ListRecoveryCasesAsync(cancellationToken).ConfigureAwait(false);
        var found = cases.FirstOrDefault(known => known.Id == id);
        if (found is not null && !found.RequestHash.Span.SequenceEqual(received.Hash))
        {
            return new Decision.Refused(new Rejection(PKIFailureInfo.InvalidRequestParameters, "header.transactionID", "it was used for another request", "profile section 4", "Use 16 fresh random octets."));
        }

        if (found?.RefusedBy is not null)
        {
            return new Decision.Refused(Unauthorised("fullCertTemplates", "the request was refused", "Ask the operator of the CMA."));
        }

        if (found is null && await CountOpenAsync(cases, received.From, cancellationToken).ConfigureAwait(false) >= options.MostOpenCases)
        {
            return new Decision.Refused(Unauthorised("fullCertTemplates", $"{options.MostOpenCases} requests of {received.Sender.Name} are open", "Ask for their answers, or have the approvers refuse some."));
        }

        found = found is null ? null : RecoveryCases.Standing(found, await cma.Store.StateAsync(cancellationToken).ConfigureAwait(false));
        return found is null || found.Approvers.Count < options.Approvals
            ? Wait(found, id, received)
            : await RecoverAsync(templates, found, recipient, received, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<int> CountOpenAsync(IEnumerable<RecoveryCase> cases, string requester, CancellationToken cancellationToken)
    {
        var open = 0;
        foreach (var known in cases.Where(known => known.Transaction.Sender == requester && known.RefusedBy is null))
        {
            open += await cma.Store.FindAnswerAsync(known.Transaction, cancellationToken).ConfigureAwait(false) is null ? 1 : 0;
        }

        return open;
    }

    private Decision.Waiting Wait(RecoveryCase? found, string id, Received received)
    {
        var text = $"fullCertTemplates: {found?.Approvers.Count ?? 0} of {options.Approvals} approvals are given (CKI Part 2 ¶22). Ask again later; the case is {id}.";
        var body = new PKIBody.Krp(new KeyRecRepContent { Status = new PKIStatusInfo { Status = PKIStatus.Waiting } });
        StoreChange[] changes = found is not null
            ? []
            : [
                new StoreChange.PutRecoveryCase(new RecoveryCase(id, received.Transaction, received.Hash, received.Message.Body.Encode(), cma.Now)),
                new StoreChange.Audit(new AuditEntry(cma.Now, "recovery.requested", received.From, $"case {id}: {Describe(received)}")),
            ];
        return new Decision.Waiting(body, text, cma.Now + options.CheckBack) { Changes = changes };
    }

    private async ValueTask<Decision> RecoverAsync(
        SequenceOf<FullCertTemplate> templates, RecoveryCase found, Certificate recipient, Received received, CancellationToken cancellationToken)
    {
        var history = new List<CertifiedKeyPair>();
        var missing = new List<Rejection>();
        foreach (var template in templates)
        {
            var (rejection, pair) = await keys.RecreateAsync(template.CertTemplate, recipient, cancellationToken).ConfigureAwait(false);
            if (pair is null)
            {
                missing.Add(rejection!);
            }
            else
            {
                history.Add(pair);
            }
        }

        var entry = new AuditEntry(cma.Now, "recovery.answered", received.From, $"case {found.Id}: {history.Count} of {templates.Count} keys, approved by {string.Join(", ", found.Approvers)}");
        if (history.Count == 0)
        {
            return new Decision.Refused(missing[0]) { Changes = [new StoreChange.Audit(entry)] };
        }

        var content = new KeyRecRepContent
        {
            Status = new PKIStatusInfo { Status = missing.Count == 0 ? PKIStatus.Granted : PKIStatus.GrantedWithMods },
            KeyPairHist = (SequenceOf<CertifiedKeyPair>)history.ToArray(),
        };
        return new Decision.Answered(new PKIBody.Krp(content), missing.Count == 0 ? null : string.Join(' ', missing)) { Changes = [new StoreChange.Audit(entry)] };
    }

    private Rejection? Check(SequenceOf<FullCertTemplate> templates)
    {
        if (templates.Count == 0 || templates.Count > options.MostKeys)
        {
            return new Rejection(PKIFailureInfo.InvalidRequestParameters, "fullCertTemplates", $"there are {templates.Count}", Invalid, $"Send 1 to {options.MostKeys}.");
        }

        return templates.DistinctBy(template => template.CertReqId).Count() != templates.Count
            ? new Rejection(PKIFailureInfo.InvalidRequestParameters, "certReqId", "it is not unique", "CKI Part 2 ¶128", "Number the templates.")
            : templates.Select(template => RecoverableKeys.Check(template.CertTemplate)).FirstOrDefault(fault => fault is not null);
    }

    private static string Describe(Received received) => string.Join("; ", ((PKIBody.Krr)received.Message.Body).Value.FullCertTemplates.Value
        .Select(template => Rejection.Cut(Pki.Names.DistinguishedName.From(template.CertTemplate.Subject!).ToString())));

    private static Rejection Unauthorised(string field, string value, string nextStep) => new(PKIFailureInfo.UnauthorisedAccess, field, value, "CKI Part 2 ¶127 a", nextStep);
}
