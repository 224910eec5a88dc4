using CkiSdk.Protocol;
using CkiSdk.Protocol.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CkiSdk;

/// <summary>Is a user's side of the CKI over a transport: fetches what his CMA has for him, and asks it for certificates.</summary>
/// <remarks>The client may be used by several callers at once. It owns neither the agent nor the transport.</remarks>
public sealed partial class CkiClient
{
    private readonly UserAgent _agent;
    private readonly ICkiTransport _transport;
    private readonly ILogger _logger;
    private readonly TimeProvider? _time;

    /// <summary>Creates the client.</summary>
    /// <param name="agent">The user agent, which holds the seed keys and makes every decision.</param>
    /// <param name="transport">The way to the CMA.</param>
    /// <param name="time">The clock; null is the system's.</param>
    /// <param name="logger">Where the log goes; null is nowhere. A warning says where keys are not computed in constant time.</param>
    public CkiClient(UserAgent agent, ICkiTransport transport, TimeProvider? time = null, ILogger<CkiClient>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(transport);
        _agent = agent;
        _transport = transport;
        _logger = logger ?? NullLogger<CkiClient>.Instance;
        _time = time;
        if (!agent.IsConstantTime)
        {
            LogNotConstantTime();
        }
    }

    /// <summary>Takes all announcements that wait at the CMA; each is acknowledged after it was accepted (CKI Part 2 ¶69).</summary>
    /// <param name="cancellationToken">Ends the wait; what was not accepted stays at the CMA.</param>
    /// <returns>How many were taken.</returns>
    /// <exception cref="CkiTransportException">The CMA could not be reached; a retry makes sense.</exception>
    /// <exception cref="CkiProtocolException">An announcement breaks a rule; it stays at the CMA.</exception>
    public async Task<int> FetchAnnouncementsAsync(CancellationToken cancellationToken = default)
    {
        var taken = 0;
        while (await _transport.NextAnnouncementAsync(acknowledgesPrevious: taken > 0, cancellationToken).ConfigureAwait(false) is { } announcement)
        {
            _ = await _agent.AcceptAsync(announcement, cancellationToken).ConfigureAwait(false);
            taken++;
        }

        return taken;
    }

    /// <summary>Asks the CMA for a send certificate and derives its private key (CKI Part 2 §III.D).</summary>
    /// <param name="suggestedStart">The suggested start of its validity.</param>
    /// <param name="suggestedEnd">The suggested end; null leaves it to the CMA.</param>
    /// <param name="patience">How long to wait for a CMA that answers "waiting"; null is one minute.</param>
    /// <param name="cancellationToken">Ends the wait; the CMA may have issued the certificate all the same.</param>
    /// <exception cref="CkiTransportException">The CMA could not be reached; a retry makes sense.</exception>
    /// <exception cref="CkiProtocolException">The answer breaks a rule.</exception>
    public async Task<SendCertificateResult> RequestSendCertificateAsync(
        DateTimeOffset suggestedStart, DateTimeOffset? suggestedEnd = null, TimeSpan? patience = null, CancellationToken cancellationToken = default)
    {
        var request = _agent.RequestSendCertificate(suggestedStart, suggestedEnd);
        var answer = await _transport
            .ExchangeToEndAsync(request.Octets, patience ?? TimeSpan.FromMinutes(1), _time, cancellationToken).ConfigureAwait(false);
        if (answer.Message is not { } message)
        {
            throw new CkiProtocolException(answer.Refusal is { } refusal ? $"The CMA refuses the message: {refusal}" : "The CMA has no answer to the request.");
        }

        return await request.CompleteAsync(new DeliveredMessage(message, answer.Services, answer.Peer), cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(1, LogLevel.Warning, "OpenSSL's libcrypto is not there: the user's Diffie-Hellman keys are computed, but not in constant time")]
    private partial void LogNotConstantTime();
}
