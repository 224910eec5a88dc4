using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Takes the answer of a peer CMA to the own request for a common interoperability key (CKI Part 2 ¶54).</summary>
internal sealed class PeerAnswerExchange(CmaContext cma, PeerKeys keys) : Exchange<PKIBody.CkiPrp>
{
    /// <inheritdoc/>
    public override bool TakesTurns => true;

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.CkiPrp body, Received received, CancellationToken cancellationToken)
    {
        var (status, text) = (body.Value.Status, FreeText.Read(received.Message.Header.FreeText));
        if (status.Status == PKIStatus.Waiting)
        {
            return new Decision.Taken(status, text);
        }

        var forget = new StoreChange.RemovePendingRequest(received.From, received.Message.Header.TransactionID!.Value.ToHex());
        if (status.Status == PKIStatus.Rejection)
        {
            return new Decision.Taken(status, text) { Changes = [forget] };
        }

        // CKI Part 2 ¶56: grantedWithMods is not used here.
        if (status.Status != PKIStatus.Granted || body.Value.PeerExchangeInfo is not { } theirs)
        {
            return Refuse("status", "it is not granted with the peer's parameters");
        }

        var (rejection, peer) = await keys.CheckAsync(theirs, received, cancellationToken).ConfigureAwait(false);
        if (peer is null)
        {
            return new Decision.Refused(rejection!);
        }

        var asked = ((PKIBody.CkiPrr)received.Request!.Body).Value;
        var mine = (await keys.OwnAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(key => key.Certificate.Value.Equals(asked.DomainCertificate));
        if (mine is null || !mine.Group.Equals(peer.Group))
        {
            return new Decision.Refused(new Rejection(
                PKIFailureInfo.AlternativeBaseAndModulusRequired, "domainCertificate", "its base and modulus are not those of the request", "CKI Part 2 ¶51, ¶57 c", "Agree on a group with the operator of the peer."));
        }

        var (refusal, key) = await keys.DeriveAsync(mine, asked.MyIKRef.Value.ToHex(), peer, received.From, cancellationToken).ConfigureAwait(false);
        if (key is null)
        {
            return new Decision.Refused(refusal!);
        }

        var exchanged = await ExchangedSoFar.ReadAsync(cma, received.From, cancellationToken).ConfigureAwait(false);
        if (exchanged.Keys.FirstOrDefault(known => (known.MyReference == key.MyReference) != (known.YourReference == key.YourReference)) is { } other)
        {
            // One of the references stands for another key already, which stays. Where it is the own one, the peer has lost what he knew of that key, and takes that of this answer for the latest, which nobody has here:
            // none of those made with him is issued under, so that another one is asked for. The next request has a new reference.
            var left = other.MyReference == key.MyReference ? exchanged.Keys.Where(known => known.Source is null).Select(known => known with { IsRetired = true }) : [other];
            return new Decision.Taken(status, "a reference stands for another key already, which stays; ask again for a new one") { Changes = [.. left.Select(known => new StoreChange.PutKey(known with { AskedAt = null })), forget] };
        }

        return new Decision.Taken(status, text) { Changes = [.. await keys.TakeAsync(key, peer, exchanged, received, cancellationToken).ConfigureAwait(false), forget] };
    }

    private static Decision.Refused Refuse(string field, string value) =>
        new(new Rejection(PKIFailureInfo.InvalidRequestParameters, field, value, "CKI Part 2 ¶56, ¶59", "Answer as the paragraph says."));
}
