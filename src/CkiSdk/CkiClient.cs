using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CkiSdk;

/// <summary>Joins a user's agent with a way to his CMA: fetches what waits there for him, asks it for certificates and keys, seals and opens messages.</summary>
/// <remarks>The client may be used by several callers at once. It owns neither the agent nor the transport.</remarks>
public sealed partial class CkiClient
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(1);

    private readonly UserAgent _agent;
    private readonly ICkiTransport _transport;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Turns _fetching = new();
    private readonly Turns _keeping = new();

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
        _time = time ?? TimeProvider.System;
        if (!agent.IsConstantTime)
        {
            LogNotConstantTime();
        }
    }

    /// <summary>Gets the certificates that came so far.</summary>
    public CertificateWallet Certificates { get; } = new();

    /// <summary>Gets what keeps the agent's state (<see cref="UserAgent.Save"/>) and the certificates. It is called after each change, and for an announcement before that is acknowledged; null keeps nothing.</summary>
    public Func<CancellationToken, ValueTask>? Keep { get; init; }

    /// <summary>Takes all announcements that wait at the CMA; each is acknowledged after it was accepted and kept (CKI Part 2 ¶69).</summary>
    /// <param name="cancellationToken">Ends the wait; what was not accepted stays at the CMA.</param>
    /// <returns>How many were taken.</returns>
    /// <exception cref="CkiTransportException">The CMA could not be reached; a retry makes sense.</exception>
    /// <exception cref="CkiProtocolException">An announcement breaks a rule; it stays at the CMA.</exception>
    public async Task<int> FetchAnnouncementsAsync(CancellationToken cancellationToken = default)
    {
        using var activity = CkiDiagnostics.Activities.StartActivity("cki.fetch");

        // One at a time: to ask for the next acknowledges the one before, whoever has got that.
        return await _fetching.DoAsync(() => TakeAnnouncementsAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> TakeAnnouncementsAsync(CancellationToken cancellationToken)
    {
        var taken = 0;
        while (await _transport.NextAnnouncementAsync(acknowledgesPrevious: taken > 0, cancellationToken).ConfigureAwait(false) is { } announcement)
        {
            switch (await _agent.AcceptAsync(announcement, cancellationToken).ConfigureAwait(false))
            {
                case AgentAnnouncement.SendCertificate send:
                    Certificates.Add(send.Certificate);
                    break;
                case AgentAnnouncement.ReceiveCertificates receive:
                    AddAll(receive.Certificates);
                    break;
            }

            await KeepAsync(cancellationToken).ConfigureAwait(false);
            taken++;
        }

        return taken;
    }

    /// <summary>Asks the CMA for a send certificate and derives its private key (CKI Part 2 §III.D).</summary>
    /// <param name="suggestedStart">The suggested start of its validity.</param>
    /// <param name="suggestedEnd">The suggested end; null leaves it to the CMA.</param>
    /// <param name="patience">How long to wait for a CMA that answers "waiting"; null is one minute.</param>
    /// <param name="cancellationToken">Ends the wait; the CMA may have issued the certificate all the same.</param>
    /// <returns>The certificate with its private key, which the caller disposes of; or that the CMA refuses or has not decided.</returns>
    /// <exception cref="CkiTransportException">The CMA could not be reached; a retry makes sense.</exception>
    /// <exception cref="CkiProtocolException">The answer breaks a rule.</exception>
    public async Task<SendCertificateResult> RequestSendCertificateAsync(
        DateTimeOffset suggestedStart, DateTimeOffset? suggestedEnd = null, TimeSpan? patience = null, CancellationToken cancellationToken = default)
    {
        using var activity = CkiDiagnostics.StartRequest(nameof(SendCertificateRequest));
        var request = _agent.RequestSendCertificate(suggestedStart, suggestedEnd);
        var result = await request.CompleteAsync(await AskAsync(request, patience, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (result is SendCertificateResult.Granted granted)
        {
            Certificates.Add(granted.Certificate);
            await KeepAsync(cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>Asks the CMA for receive certificates of others (CKI Part 2 §III.E).</summary>
    /// <param name="recipients">Who shall receive messages, of any domain.</param>
    /// <param name="suggestedStart">The suggested start of their validity.</param>
    /// <param name="suggestedEnd">The suggested end; null leaves it to the CMA.</param>
    /// <param name="patience">How long to wait for a CMA that answers "waiting"; null is one minute.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The certificates in the order of the recipients; or that the CMA refuses or has not decided.</returns>
    /// <exception cref="CkiTransportException">The CMA could not be reached; a retry makes sense.</exception>
    /// <exception cref="CkiProtocolException">The answer breaks a rule.</exception>
    public async Task<ReceiveCertificatesResult> RequestReceiveCertificatesAsync(
        IReadOnlyList<DistinguishedName> recipients, DateTimeOffset suggestedStart, DateTimeOffset? suggestedEnd = null, TimeSpan? patience = null, CancellationToken cancellationToken = default)
    {
        using var activity = CkiDiagnostics.StartRequest(nameof(ReceiveCertificatesRequest));
        var request = _agent.RequestReceiveCertificates(recipients, suggestedStart, suggestedEnd);
        var result = request.Complete(await AskAsync(request, patience, cancellationToken).ConfigureAwait(false));
        if (result is ReceiveCertificatesResult.Granted granted)
        {
            AddAll(granted.Certificates);
            await KeepAsync(cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>Asks the CMA for the seed key of a receive certificate (CKI Part 2 §III.C); the agent keeps it.</summary>
    /// <param name="receiveCertificate">The receive certificate, as it came with a message.</param>
    /// <param name="patience">How long to wait for a CMA that answers "waiting"; null is one minute.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>That the agent has it; or that the CMA refuses or has not decided.</returns>
    /// <exception cref="CkiTransportException">The CMA could not be reached; a retry makes sense.</exception>
    /// <exception cref="CkiProtocolException">The answer breaks a rule.</exception>
    public async Task<ExternalSeedKeyResult> RequestSeedKeyAsync(Certificate receiveCertificate, TimeSpan? patience = null, CancellationToken cancellationToken = default)
    {
        using var activity = CkiDiagnostics.StartRequest(nameof(ExternalSeedKeyRequest));
        var request = _agent.RequestExternalSeedKey(receiveCertificate);
        var result = await request.CompleteAsync(await AskAsync(request, patience, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (result is ExternalSeedKeyResult.Granted)
        {
            await KeepAsync(cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>Sends a request for recovered keys, or the same once more, and reads what it came to (CKI Part 2 §III.H).</summary>
    /// <param name="request">The request; two people have to approve it, so that "waiting" is its usual first answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The keys, which the caller disposes of; or that the CMA refuses or has not decided.</returns>
    /// <exception cref="CkiTransportException">The CMA could not be reached; a retry makes sense.</exception>
    /// <exception cref="CkiProtocolException">The answer breaks a rule.</exception>
    public async Task<KeyRecoveryResult> RequestRecoveryAsync(KeyRecoveryRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var activity = CkiDiagnostics.StartRequest(nameof(KeyRecoveryRequest));
        return await request.CompleteAsync(await AskAsync(request, TimeSpan.Zero, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private async Task<DeliveredMessage> AskAsync(AgentRequest request, TimeSpan? patience, CancellationToken cancellationToken)
    {
        var answer = await _transport.ExchangeToEndAsync(request.Octets, patience ?? DefaultPatience, _time, cancellationToken).ConfigureAwait(false);
        return answer.Message is { } message
            ? new DeliveredMessage(message, answer.Services, answer.Peer)
            : throw new CkiProtocolException(answer.Refusal is { } refusal ? $"The CMA refuses the message: {refusal}" : "The CMA has no answer to the request.");
    }

    private void AddAll(IReadOnlyList<Certificate> certificates)
    {
        foreach (var certificate in certificates)
        {
            Certificates.Add(certificate);
        }
    }

    // One at a time, so that no older state is written over a newer one.
    private async ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        if (Keep is null)
        {
            return;
        }

        await _keeping.DoAsync(
            async () =>
            {
                await Keep(cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(1, LogLevel.Warning, "OpenSSL's libcrypto is not there: the user's Diffie-Hellman keys are computed, but not in constant time")]
    private partial void LogNotConstantTime();
}
