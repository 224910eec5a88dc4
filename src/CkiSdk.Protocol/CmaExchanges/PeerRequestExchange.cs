using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Answers the request of a peer CMA for a common interoperability key (CKI Part 2 §III.B).</summary>
internal sealed class PeerRequestExchange(CmaContext cma, PeerKeys keys, RevokedUserNews news) : Exchange<PKIBody.CkiPrr>
{
    /// <inheritdoc/>
    public override bool TakesTurns => true;

    /// <inheritdoc/>
    public override bool IsFollowed => true;

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<StoreChange>> FollowAsync(PKIBody answer, Received received, CancellationToken cancellationToken) =>
        answer is PKIBody.CkiPrp { Value.PeerExchangeInfo: { } told } && !RevokedLists.Names(told.RevokedUsers, await news.ListAsync(cancellationToken).ConfigureAwait(false))
            && await cma.Store.FindPeerAsync(received.From, cancellationToken).ConfigureAwait(false) is { } peer
            ? await news.TellAsync(peer, cancellationToken).ConfigureAwait(false)
            : [];

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.CkiPrr body, Received received, CancellationToken cancellationToken)
    {
        var (rejection, peer) = await keys.CheckAsync(body.Value, received, cancellationToken).ConfigureAwait(false);
        if (peer is null)
        {
            return new Decision.Refused(rejection!);
        }

        var own = (await keys.OwnAsync(cancellationToken).ConfigureAwait(false)).Where(key => key.Group.Equals(peer.Group)).ToArray();
        var exchanged = await ExchangedSoFar.ReadAsync(cma, received.From, cancellationToken).ConfigureAwait(false);
        var (mine, key, refusal) = exchanged.Keys.FirstOrDefault(known => known.YourReference == peer.Sent.MyIKRef.Value.ToHex()) is { } known
            ? await RepeatAsync(known, own, peer, received, cancellationToken).ConfigureAwait(false)
            : await ChooseAsync(exchanged, own, peer, received, cancellationToken).ConfigureAwait(false);
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

        // A peer has one request outstanding at a time: the earlier ones are done with, or given up.
        var done = exchanged.Keys.Where(other => other.AskedAt is not null && other.MyReference != key.MyReference && key.AskedAt is not null);
        return new Decision.Answered(new PKIBody.CkiPrp(content))
        {
            Changes = [.. await keys.TakeAsync(key, peer, exchanged, received, cancellationToken).ConfigureAwait(false), .. done.Select(other => new StoreChange.PutKey(other with { AskedAt = null }))],
        };
    }

    // The peer's reference stands for a key already: his request was made anew, or one of ours has overtaken it, which he has answered. A reference never stands for two keys.
    private async ValueTask<(DomainKey? Mine, StoredInteroperabilityKey? Key, Rejection? Refusal)> RepeatAsync(
        StoredInteroperabilityKey known, DomainKey[] own, CheckedPeer peer, Received received, CancellationToken cancellationToken)
    {
        foreach (var candidate in own)
        {
            var (_, same) = await keys.DeriveAsync(candidate, known.MyReference, peer, received.From, cancellationToken).ConfigureAwait(false);
            if (same is not null && same.WrappedKey.Span.SequenceEqual(known.WrappedKey.Span))
            {
                return (candidate, same with { AskedAt = known.AskedAt is null ? null : received.SentAt }, null);
            }
        }

        return (null, null, new Rejection(
            PKIFailureInfo.InvalidRequestParameters, "myIKRef", "it stands for another key already", "CKI Part 2 ¶57 b, profile section 1.1", "Ask with a new reference."));
    }

    private async ValueTask<(DomainKey? Mine, StoredInteroperabilityKey? Key, Rejection? Refusal)> ChooseAsync(
        ExchangedSoFar exchanged, DomainKey[] own, CheckedPeer peer, Received received, CancellationToken cancellationToken)
    {
        // CKI Part 2 ¶52: while a request of ours is outstanding, the answer has the same parameters, unless they stand for a key already.
        var info = exchanged.Asked;
        var asked = info is null ? null : Array.Find(own, key => key.Certificate.Value.Equals(info.DomainCertificate));
        var reference = info?.MyIKRef.Value.ToHex();
        var isFree = asked is not null && !exchanged.Keys.Any(key => key.MyReference == reference);
        if ((isFree ? asked : own.FirstOrDefault()) is not { } mine)
        {
            return default;
        }

        var (refusal, key) = await keys.DeriveAsync(mine, isFree ? reference! : cma.Keys.NewReference(), peer, received.From, cancellationToken).ConfigureAwait(false);
        var isLatest = !exchanged.Keys.Any(other => other.AskedAt > received.SentAt);
        return (mine, key is null ? null : key with { AskedAt = isLatest ? received.SentAt : null }, refusal);
    }
}
