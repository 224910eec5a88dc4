using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.CmaExchanges;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Server;

/// <summary>Makes the requests of a CMA to the TLCMA and to its peers, and takes the answers.</summary>
public sealed class CmaRequests
{
    private readonly CmaContext _cma;
    private readonly MessageLine _line;
    private readonly PendingRequests _pending;

    internal CmaRequests(CmaContext cma, MessageLine line, PendingRequests pending) => (_cma, _line, _pending) = (cma, line, pending);

    /// <summary>Asks the TLCMA for domain parameters (CKI Part 2 ¶32).</summary>
    /// <param name="withLocalKey">Whether for the key and the parameters of the own domain.</param>
    /// <param name="localValidity">When the local key shall be in effect; null leaves it to the TLCMA.</param>
    /// <param name="domains">The external domains. Where a validity is left to the TLCMA, but the store was restored and there is no key with a domain that was made since, one that begins now is asked for, which the TLCMA makes anew (profile section 1.2).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">No TLCMA is configured, or several are.</exception>
    public async ValueTask<OutgoingRequest> RequestDomainsAsync(
        bool withLocalKey, (DateTimeOffset NotBefore, DateTimeOffset NotAfter)? localValidity, IReadOnlyList<RequestedDomain> domains, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(domains);
        var peers = await _cma.Store.ListPeersAsync(cancellationToken).ConfigureAwait(false);
        var tlcma = peers.Where(peer => peer.Kinds.HasFlag(PartyKinds.Tlcma)).ToArray() is [var only]
            ? DistinguishedName.Decode(only.Name)
            : throw new InvalidOperationException("Exactly one TLCMA must be configured as a peer.");
        var state = await _cma.Store.StateAsync(cancellationToken).ConfigureAwait(false);
        var content = new CKITlcmaReqContent
        {
            ReqLocalIK = withLocalKey,
            LocalIKValidity = withLocalKey ? DomainItem.OfOwn(localValidity, state, _cma.Now) : DomainItem.Write(localValidity),
            ExternalRqInfo = domains.Count == 0 ? default(ExternalRqInfo?) : new ExternalRqInfo((SequenceOf<ExternalRqInfoItem>)domains
                .Select(domain => domain.IsUser ? DomainItem.OfUser(domain.Name, domain.Validity, state, _cma.Now) : DomainItem.OfCma(domain.Name, domain.Validity, state, _cma.Now)).ToArray()),
        };
        PendingRequest? request = null;
        await _cma.CommitAsync(
            async () => [new StoreChange.PutPendingRequest(request = await _pending.BeginAsync(tlcma, new PKIBody.CkiTrr(content), cancellationToken).ConfigureAwait(false))], cancellationToken).ConfigureAwait(false);
        return Outgoing(request!);
    }

    /// <summary>Asks a peer CMA for a common interoperability key (CKI Part 2 ¶53).</summary>
    /// <param name="peer">The peer; it must be configured.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The request; the one that is outstanding, if there is one. After a request of the peer that was answered it has the parameters of the answer (¶52), which he may not have yet:
    /// it leads to the same key, and the one after it to another.
    /// </returns>
    /// <exception cref="InvalidOperationException">There is no valid domain certificate, or the peer is not configured.</exception>
    public async ValueTask<OutgoingRequest> RequestPeerKeyAsync(DistinguishedName peer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);

        // Asked for first, so that one that has become too old is outstanding no more.
        await _pending.ListAsync(cancellationToken).ConfigureAwait(false);
        PendingRequest? request = null;
        await _cma.CommitAsync(
            async () =>
            {
                if ((await _cma.Store.FindPeerAsync(peer.Canonical, cancellationToken).ConfigureAwait(false))?.Kinds.HasFlag(PartyKinds.Cma) != true)
                {
                    throw new InvalidOperationException($"{peer} is not configured as a peer CMA.");
                }

                var exchanged = await ExchangedSoFar.ReadAsync(_cma, peer.Canonical, cancellationToken).ConfigureAwait(false);
                request = exchanged.Outstanding;
                return request is not null
                    ? []
                    : [new StoreChange.PutPendingRequest(request = await _pending.BeginPeerAsync(peer, exchanged, cancellationToken).ConfigureAwait(false))];
            },
            cancellationToken).ConfigureAwait(false);
        return Outgoing(request!);
    }

    /// <summary>Lists the requests without an answer, the oldest first: after a restart they are sent again. One that would soon be too old is made anew before, with the same parameters.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<OutgoingRequest>> ListAsync(CancellationToken cancellationToken = default) =>
        [.. (await _pending.ListAsync(cancellationToken).ConfigureAwait(false)).Select(Outgoing)];

    /// <summary>Takes the answer to a request. Answers that come as messages of their own, as by mail, may as well go to the CMA itself.</summary>
    /// <param name="answer">The answer as delivered.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CkiProtocolException">The answer breaks a rule; nothing of it is taken, and a genuine answer may still come.</exception>
    public async ValueTask<RequestOutcome> CompleteAsync(DeliveredMessage answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var (result, taken) = await _line.HandleAsync(answer, cancellationToken).ConfigureAwait(false);
        return result switch
        {
            HandlingResult.Refused refused => throw new CkiProtocolException(refused.Text),
            HandlingResult.Accepted => new RequestOutcome(taken?.Status?.Status ?? PKIStatus.Granted, taken?.Status?.FailInfo ?? default, taken?.Text ?? ""),
            _ => throw new CkiProtocolException("body: it is no answer (CKI Part 2 ¶11)."),
        };
    }

    private static OutgoingRequest Outgoing(PendingRequest request) =>
        new(Messages.MessageReader.DirectoryName(PKIMessage.Decode(request.Message).Header.Recipient)!, request.TransactionId, request.Message);
}
