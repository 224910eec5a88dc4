using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Holds the own requests until they are answered, and makes those anew that would soon be refused as too old (profile section 4).</summary>
internal sealed class PendingRequests(CmaContext cma, PeerKeys peers)
{
    /// <summary>Makes a request.</summary>
    /// <returns>The request; it is to be stored before it is sent.</returns>
    public async ValueTask<PendingRequest> BeginAsync(DistinguishedName recipient, PKIBody body, CancellationToken cancellationToken)
    {
        var now = await cma.Party.Clock.NextAsync(cancellationToken).ConfigureAwait(false);
        var message = MessageTrace.Stamp(cma.Party.Writer.Begin(recipient, body, now));
        if (cma.Options.Encryption is { } encryption)
        {
            // The other side may know no encryption certificate, or one that has expired (profile section 3).
            message = message with { ExtraCerts = (SequenceOf<Asn1.Modules.AuthenticationFramework.Certificate>)new[] { encryption.Certificate.Value } };
        }

        return new PendingRequest(recipient.Canonical, message.Header.TransactionID!.Value.ToHex(), message.Encode(), now);
    }

    /// <summary>Makes a request to a peer for a common key (CKI Part 2 ¶53).</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="exchanged">What was exchanged with him.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">There is no valid domain certificate.</exception>
    public async ValueTask<PendingRequest> BeginPeerAsync(DistinguishedName peer, ExchangedSoFar exchanged, CancellationToken cancellationToken)
    {
        var own = await peers.OwnAsync(cancellationToken).ConfigureAwait(false);
        if (own.Count == 0)
        {
            throw new InvalidOperationException("There is no valid domain certificate; make one, or ask the TLCMA for one.");
        }

        // CKI Part 2 ¶52: the peer may still wait for what his last request was answered with, so the same parameters are used once more.
        var answered = exchanged.Keys.LastOrDefault(key => key.AskedAt is not null);
        var repeated = answered is null ? null : own.FirstOrDefault(key => key.Certificate.Encoded.Span.SequenceEqual(answered.DomainCertificate.Span));
        var info = repeated is null
            ? await peers.WriteAsync(own[0], cma.Keys.NewReference(), cancellationToken).ConfigureAwait(false)
            : await peers.WriteAsync(repeated, answered!.MyReference, cancellationToken).ConfigureAwait(false);
        return await BeginAsync(peer, new PKIBody.CkiPrr(info), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the requests, the oldest first, after those were made anew that are older than half the replay window.</summary>
    public async ValueTask<IReadOnlyList<PendingRequest>> ListAsync(CancellationToken cancellationToken)
    {
        var pending = await cma.Store.ListPendingRequestsAsync(cancellationToken).ConfigureAwait(false);
        if (!pending.Any(IsOld))
        {
            return pending;
        }

        await cma.CommitAsync(
            async () =>
            {
                var changes = new List<StoreChange>();
                foreach (var request in (await cma.Store.ListPendingRequestsAsync(cancellationToken).ConfigureAwait(false)).Where(IsOld))
                {
                    changes.Add(new StoreChange.RemovePendingRequest(request.Recipient, request.TransactionId));
                    if (await RenewAsync(request, cancellationToken).ConfigureAwait(false) is { } renewed)
                    {
                        changes.Add(new StoreChange.PutPendingRequest(renewed));
                    }
                }

                return changes;
            },
            cancellationToken).ConfigureAwait(false);
        return await cma.Store.ListPendingRequestsAsync(cancellationToken).ConfigureAwait(false);
    }

    private bool IsOld(PendingRequest request) => request.SentAt < cma.Now - (cma.Options.ReplayWindow / 2);

    // The parameters stay, because the peer may have answered without that the answer came; whom this CMA has revoked may have changed.
    private async ValueTask<PendingRequest?> RenewAsync(PendingRequest request, CancellationToken cancellationToken)
    {
        var message = PKIMessage.Decode(request.Message);
        var recipient = MessageReader.DirectoryName(message.Header.Recipient)!;
        if (message.Body is not PKIBody.CkiPrr { Value: var asked })
        {
            return await BeginAsync(recipient, message.Body, cancellationToken).ConfigureAwait(false);
        }

        // With a domain certificate that has ended no key comes of it any more.
        var key = (await peers.OwnAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(key => key.Certificate.Value.Equals(asked.DomainCertificate));
        return key is null
            ? null
            : await BeginAsync(recipient, new PKIBody.CkiPrr(await peers.WriteAsync(key, asked.MyIKRef.Value.ToHex(), cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
    }
}
