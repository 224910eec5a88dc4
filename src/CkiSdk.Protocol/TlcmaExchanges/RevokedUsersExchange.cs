using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.TlcmaExchanges;

/// <summary>Takes the revoked user list of a domain from its CMA and passes it on to the CMAs that share a key with it (CKI Part 2 ¶113).</summary>
internal sealed class RevokedUsersExchange(TlcmaContext tlcma, RevokedUsers users) : Exchange<PKIBody.CkiRULann>
{
    /// <inheritdoc/>
    public override bool TakesTurns => true;

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.CkiRULann body, Received received, CancellationToken cancellationToken)
    {
        var cma = (await tlcma.Store.FindPeerAsync(received.From, cancellationToken).ConfigureAwait(false))!;
        var domain = DistinguishedName.From(body.Value.Domain);
        if (!domain.Equals(received.Sender.Name))
        {
            return Refuse("domain", $"{domain} is not the sender, {received.Sender.Name}");
        }

        if (RevokedLists.FindStranger(body.Value.List, TlcmaContext.DomainOf(cma)) is { } stranger)
        {
            return Refuse("list", $"{stranger} is not in the domain of {domain}");
        }

        var list = new RevokedList(cma.CanonicalName, cma.CanonicalName, received.SentAt, RevokedLists.Read(body.Value.List));
        return new Decision.Taken { Changes = await users.ReplaceAsync(list, cma, tellHome: false, cancellationToken).ConfigureAwait(false) };
    }

    private static Decision.Refused Refuse(string field, string value) =>
        new(new Rejection(PKIFailureInfo.InvalidRequestParameters, field, value, "CKI Part 2 ¶113, profile section 4", "Send the list of your own domain."));
}
