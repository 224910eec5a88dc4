using CkiSdk.Protocol;
using CkiSdk.Protocol.Server;

namespace CkiSdk;

/// <summary>Sends the requests of a CMA to the TLCMA and to its peers, and takes their answers.</summary>
/// <param name="requests">The requests, which are stored until they are answered.</param>
/// <param name="route">Gives the way to a party by its name in canonical form; null where none is known. The transport stays the caller's.</param>
public sealed class CkiRequester(CmaRequests requests, Func<string, ICkiTransport?> route)
{
    /// <summary>Sends a request, octet for octet as it is stored, and takes the answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the wait; the request stays stored.</param>
    /// <returns>What it came to; with status waiting it is to be sent again.</returns>
    /// <exception cref="CkiTransportException">The party could not be reached, or its address is not known.</exception>
    /// <exception cref="CkiProtocolException">The party refuses the message, or its answer breaks a rule.</exception>
    public async Task<RequestOutcome> SendAsync(OutgoingRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var transport = route(request.Recipient.Canonical)
            ?? throw new CkiTransportException(CkiTransportFault.Unreachable, $"The address of {request.Recipient} is not known.");
        using var activity = CkiDiagnostics.StartRequest(request.Octets)?.SetTag("cki.recipient", request.Recipient.ToString());
        var answer = await transport.ExchangeAsync(request.Octets, cancellationToken).ConfigureAwait(false);
        return answer.Message is { } message
            ? await requests.CompleteAsync(new DeliveredMessage(message, answer.Services, answer.Peer), cancellationToken).ConfigureAwait(false)
            : throw new CkiProtocolException($"{request.Recipient} refuses the message: {answer.Refusal ?? "it has no answer to it"}");
    }
}
