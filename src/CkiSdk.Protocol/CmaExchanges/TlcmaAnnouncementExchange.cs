using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Pipeline;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Takes domain parameters that the TLCMA announces (CKI Part 2 ¶34).</summary>
internal sealed class TlcmaAnnouncementExchange(DomainParameters parameters) : Exchange<PKIBody.CkiTann>
{
    /// <inheritdoc/>
    public override bool TakesTurns => true;

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.CkiTann body, Received received, CancellationToken cancellationToken)
    {
        var (rejection, changes) = await parameters.TakeAsync(body.Value.LocalDomainInfo, body.Value.ExternalDomainInfo, received, cancellationToken).ConfigureAwait(false);
        return rejection is not null ? new Decision.Refused(rejection) : new Decision.Taken { Changes = changes };
    }
}
