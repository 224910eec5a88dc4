using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Takes the TLCMA's answer to a request for domain parameters (CKI Part 2 ¶33).</summary>
internal sealed class TlcmaAnswerExchange(DomainParameters parameters, DomainQuestions questions) : Exchange<PKIBody.CkiTrp>
{
    /// <inheritdoc/>
    public override bool TakesTurns => true;

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.CkiTrp body, Received received, CancellationToken cancellationToken)
    {
        var content = body.Value;
        var text = FreeText.Read(received.Message.Header.FreeText);
        if (content.Status.Status == PKIStatus.Waiting)
        {
            return new Decision.Taken(content.Status, text);
        }

        var forget = new StoreChange.RemovePendingRequest(received.From, received.Message.Header.TransactionID!.Value.ToHex());
        if (content.Status.Status == PKIStatus.Rejection)
        {
            questions.Answered(received.Request!);
            return new Decision.Taken(content.Status, text) { Changes = [forget] };
        }

        var (rejection, changes) = await parameters.TakeAsync(content.LocalDomainInfo, content.ExternalDomainInfo, received, cancellationToken).ConfigureAwait(false);
        if (rejection is not null)
        {
            return new Decision.Refused(rejection);
        }

        questions.Answered(received.Request!);
        return new Decision.Taken(content.Status, text) { Changes = [.. changes, forget] };
    }
}
