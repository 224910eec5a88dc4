using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Takes the revoked user lists of other CMAs and of the TLCMA (CKI Part 2 §III.G).</summary>
internal sealed class RevokedUsersExchange(CmaContext cma, Revocation revocation) : Exchange<PKIBody.CkiRULann>
{
    /// <inheritdoc/>
    public override bool TakesTurns => true;

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.CkiRULann body, Received received, CancellationToken cancellationToken)
    {
        var domain = DistinguishedName.From(body.Value.Domain);
        if (!received.Kinds.HasFlag(PartyKinds.Tlcma) && !domain.Equals(received.Sender.Name))
        {
            return Refuse(PKIFailureInfo.InvalidRequestParameters, "domain", $"{domain} is not the sender, {received.Sender.Name}, who is no TLCMA", "Send the list of your own domain.");
        }

        var authority = await cma.Authorities.CurrentAsync(domain.Canonical, cma.Now, cancellationToken).ConfigureAwait(false);
        if (authority is null)
        {
            // The TLCMA forwards lists of whom it has revoked itself, too: to refuse one would hold up all that it tells behind it. The list comes once more with the key or the certificate of the domain.
            return received.Kinds.HasFlag(PartyKinds.Tlcma)
                ? new Decision.Taken()
                : Refuse(PKIFailureInfo.UnrecognisedDomain, "domain", $"no valid CMA certificate of {domain} is known", "Establish an interoperability key first.");
        }

        if (RevokedLists.FindStranger(body.Value.List, DomainRule.Of(authority)) is { } stranger)
        {
            return Refuse(PKIFailureInfo.InvalidRequestParameters, "list", $"{stranger} is not in the domain of {domain}", "Name users of the domain alone.");
        }

        // A list that is not newer than the last is taken and changes nothing (profile section 4, Order).
        var list = new RevokedList(received.From, domain.Equals(cma.Me) ? RevokedList.Own : domain.Canonical, received.SentAt, RevokedLists.Read(body.Value.List));
        return new Decision.Taken { Changes = await revocation.ApplyAsync([list], cancellationToken).ConfigureAwait(false) };
    }

    private static Decision.Refused Refuse(PKIFailureInfo failure, string field, string value, string nextStep) =>
        new(new Rejection(failure, field, value, "CKI Part 2 ¶113, profile section 4", nextStep));
}
