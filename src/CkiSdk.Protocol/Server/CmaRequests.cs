using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
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
    private readonly PeerKeys _peers;

    internal CmaRequests(CmaContext cma, MessageLine line, PeerKeys peers) => (_cma, _line, _peers) = (cma, line, peers);

    /// <summary>Asks the TLCMA for domain parameters (CKI Part 2 ¶32).</summary>
    /// <param name="withLocalKey">Whether for the key and the parameters of the own domain.</param>
    /// <param name="localValidity">When the local key shall be in effect; null leaves it to the TLCMA.</param>
    /// <param name="domains">The external domains.</param>
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
        var content = new CKITlcmaReqContent
        {
            ReqLocalIK = withLocalKey,
            LocalIKValidity = Validity(localValidity),
            ExternalRqInfo = domains.Count == 0 ? default(ExternalRqInfo?) : new ExternalRqInfo((SequenceOf<ExternalRqInfoItem>)domains.Select(domain => new ExternalRqInfoItem
            {
                Choice = domain.IsUser ? new ExternalRqInfoItemChoice.ExternalUser(domain.Name.Name) : new ExternalRqInfoItemChoice.ExternalCMA(domain.Name.Name),
                ExternalIKValidity = Validity(domain.Validity),
            }).ToArray()),
        };
        return await BeginAsync(tlcma, new PKIBody.CkiTrr(content), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks a peer CMA for a common interoperability key (CKI Part 2 ¶53).</summary>
    /// <param name="peer">The peer; it must be configured.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The request; the one that is outstanding, if there is one.</returns>
    /// <exception cref="InvalidOperationException">There is no valid domain certificate, or the peer is not configured.</exception>
    public async ValueTask<OutgoingRequest> RequestPeerKeyAsync(DistinguishedName peer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);
        if ((await _cma.Store.FindPeerAsync(peer.Canonical, cancellationToken).ConfigureAwait(false))?.Kinds.HasFlag(PartyKinds.Cma) != true)
        {
            throw new InvalidOperationException($"{peer} is not configured as a peer CMA.");
        }

        if (await _peers.OutstandingAsync(peer.Canonical, cancellationToken).ConfigureAwait(false) is not null)
        {
            return (await ListAsync(cancellationToken).ConfigureAwait(false)).First(request => request.Recipient.Equals(peer));
        }

        var key = (await _peers.OwnAsync(cancellationToken).ConfigureAwait(false)) is [var latest, ..] ? latest
            : throw new InvalidOperationException("There is no valid domain certificate; make one, or ask the TLCMA for one.");
        var info = await _peers.WriteAsync(key, _cma.Keys.NewReference(), cancellationToken).ConfigureAwait(false);
        return await BeginAsync(peer, new PKIBody.CkiPrr(info), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the requests without an answer, the oldest first: after a restart they are sent again.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<OutgoingRequest>> ListAsync(CancellationToken cancellationToken = default)
    {
        var pending = await _cma.Store.ListPendingRequestsAsync(cancellationToken).ConfigureAwait(false);
        return [.. pending.Select(request => new OutgoingRequest(Recipient(PKIMessage.Decode(request.Message)), request.TransactionId, request.Message))];
    }

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

    private async ValueTask<OutgoingRequest> BeginAsync(DistinguishedName recipient, PKIBody body, CancellationToken cancellationToken)
    {
        var now = await _cma.Party.Clock.NextAsync(cancellationToken).ConfigureAwait(false);
        var message = _cma.Party.Writer.Begin(recipient, body, now);
        if (_cma.Options.Encryption is { } encryption)
        {
            // The other side may know no encryption certificate, or one that has expired (profile section 3).
            message = message with { ExtraCerts = (SequenceOf<Asn1.Modules.AuthenticationFramework.Certificate>)new[] { encryption.Certificate.Value } };
        }

        var request = new OutgoingRequest(recipient, message.Header.TransactionID!.Value.ToHex(), message.Encode());
        var pending = new PendingRequest(recipient.Canonical, request.TransactionId, request.Octets, now);
        await _cma.Store.CommitAsync(UnitOfWork.Of(new StoreChange.PutPendingRequest(pending)), cancellationToken).ConfigureAwait(false);
        return request;
    }

    private static DistinguishedName Recipient(PKIMessage message) => Messages.MessageReader.DirectoryName(message.Header.Recipient)!;

    private static Validity? Validity((DateTimeOffset NotBefore, DateTimeOffset NotAfter)? validity) => validity is { } asked
        ? new Validity { NotBefore = Times.From(asked.NotBefore), NotAfter = Times.From(asked.NotAfter) }
        : null;
}
