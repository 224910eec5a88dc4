using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Is what was exchanged with a CMA: what the next key with it is decided on (CKI Part 2 ¶52).</summary>
/// <param name="Keys">The keys shared with it, in the order of the store.</param>
/// <param name="Requests">The requests to it that wait for an answer, the oldest first.</param>
internal sealed record ExchangedSoFar(IReadOnlyList<StoredInteroperabilityKey> Keys, IReadOnlyList<PendingRequest> Requests)
{
    /// <summary>Gets the request for a common key that waits for its answer; null where there is none.</summary>
    public PendingRequest? Outstanding => Requests.FirstOrDefault(request => AskedIn(request) is not null);

    /// <summary>Gets the parameters of the request that waits; null where there is none.</summary>
    public PeerExchangeInfo? Asked => Requests.Select(AskedIn).FirstOrDefault(asked => asked is not null);

    /// <summary>Reads it.</summary>
    /// <param name="cma">What is used for it.</param>
    /// <param name="peer">The CMA in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask<ExchangedSoFar> ReadAsync(CmaContext cma, string peer, CancellationToken cancellationToken)
    {
        var keys = await cma.Keys.KeysWithAsync(peer, cancellationToken).ConfigureAwait(false);
        var requests = await cma.Store.ListPendingRequestsAsync(cancellationToken).ConfigureAwait(false);
        return new ExchangedSoFar(keys, [.. requests.Where(request => request.Recipient == peer)]);
    }

    private static PeerExchangeInfo? AskedIn(PendingRequest request) => (PKIMessage.Decode(request.Message).Body as PKIBody.CkiPrr)?.Value;
}
