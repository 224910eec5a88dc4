using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Answers the request of a peer CMA for a common interoperability key (CKI Part 2 §III.B).</summary>
internal sealed class PeerRequestExchange(CmaContext cma, PeerKeys keys) : Exchange<PKIBody.CkiPrr>
{
    /// <inheritdoc/>
    public override bool Announces => true;

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.CkiPrr body, Received received, CancellationToken cancellationToken)
    {
        var (rejection, peer) = await keys.CheckAsync(body.Value, received, cancellationToken).ConfigureAwait(false);
        if (peer is null)
        {
            return new Decision.Refused(rejection!);
        }

        var own = (await keys.OwnAsync(cancellationToken).ConfigureAwait(false)).Where(key => key.Group.Equals(peer.Group)).ToArray();
        var (mine, key, refusal) = await ChooseAsync(own, peer, received, cancellationToken).ConfigureAwait(false);
        if (key is null)
        {
            return new Decision.Refused(refusal ?? new Rejection(
                PKIFailureInfo.AlternativeBaseAndModulusRequired, "domainCertificate", $"this CMA has no valid domain certificate in {peer.Group}", "CKI Part 2 ¶51, ¶57 c", "Agree on a group with the operator."));
        }

        var content = new CKIPeerCmaRepContent
        {
            Status = new PKIStatusInfo { Status = PKIStatus.Granted },
            PeerExchangeInfo = await keys.WriteAsync(mine!, key.MyReference, cancellationToken).ConfigureAwait(false),
        };
        return new Decision.Answered(new PKIBody.CkiPrp(content)) { Changes = await keys.TakeAsync(key, peer, received, cancellationToken).ConfigureAwait(false) };
    }

    private async ValueTask<(DomainKey? Mine, StoredInteroperabilityKey? Key, Rejection? Refusal)> ChooseAsync(
        DomainKey[] own, CheckedPeer peer, Received received, CancellationToken cancellationToken)
    {
        // The peer's reference may belong to a key that is there already: his request was overtaken by one of ours that he has answered.
        var known = (await cma.Keys.KeysWithAsync(received.From, cancellationToken).ConfigureAwait(false))
            .FirstOrDefault(key => key.YourReference == peer.Sent.MyIKRef.Value.ToHex());
        foreach (var candidate in known is null ? [] : own)
        {
            var (_, same) = await keys.DeriveAsync(candidate, known!.MyReference, peer, received.From, cancellationToken).ConfigureAwait(false);
            if (same is not null && same.WrappedKey.Span.SequenceEqual(known.WrappedKey.Span))
            {
                return (candidate, same, null);
            }
        }

        // CKI Part 2 ¶52: while a request of ours is outstanding, the answer has the same parameters.
        var outstanding = await keys.OutstandingAsync(received.From, cancellationToken).ConfigureAwait(false);
        var mine = outstanding is null ? own.FirstOrDefault() : Array.Find(own, key => key.Certificate.Value.Equals(outstanding.DomainCertificate));
        if (mine is null)
        {
            return default;
        }

        var reference = outstanding?.MyIKRef.Value.ToHex() ?? cma.Keys.NewReference();
        var (refusal, key) = await keys.DeriveAsync(mine, reference, peer, received.From, cancellationToken).ConfigureAwait(false);
        return (mine, key, refusal);
    }
}
