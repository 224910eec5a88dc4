using CkiSdk.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CkiSdk;

/// <summary>Hosts a party for listeners and writes down what passes: who sent how many octets, and what became of them.</summary>
/// <remarks>The log never holds octets of a message.</remarks>
public sealed partial class CkiServer : IMessageHandler
{
    private readonly IMessageHandler _party;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    /// <summary>Creates the server.</summary>
    /// <param name="party">The party, such as a CMA.</param>
    /// <param name="logger">Where the log goes; null is nowhere.</param>
    /// <param name="time">The clock; null is the system's.</param>
    public CkiServer(IMessageHandler party, ILogger<CkiServer>? logger = null, TimeProvider? time = null)
    {
        _party = party;
        _logger = logger ?? NullLogger<CkiServer>.Instance;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public async ValueTask<HandlingResult> HandleAsync(DeliveredMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var started = _time.GetTimestamp();
        using var activity = CkiDiagnostics.StartHandling(message.Octets);
        try
        {
            var result = await _party.HandleAsync(message, cancellationToken).ConfigureAwait(false);
            var elapsed = _time.GetElapsedTime(started).TotalMilliseconds;
            CkiDiagnostics.ServerDuration.Record(elapsed, new KeyValuePair<string, object?>("result", result.GetType().Name));
            activity?.SetTag("cki.sender", message.Sender?.Name.ToString()).SetTag("cki.result", result.GetType().Name);
            if (result is HandlingResult.Refused refused)
                LogRefused(message.Octets.Length, message.Sender?.Name, elapsed, refused.Text);
            else
                LogHandled(message.Octets.Length, message.Sender?.Name, message.Services, result.GetType().Name, elapsed);
            return result;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, exception.GetType().Name);
            LogFailed(exception, message.Octets.Length, message.Sender?.Name);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAnnouncementAsync(
        Peer peer, SecurityServices services, ReadOnlyMemory<byte>? acknowledged, CancellationToken cancellationToken = default)
    {
        var announcement = await _party.NextAnnouncementAsync(peer, services, acknowledged, cancellationToken).ConfigureAwait(false);
        LogAnnouncement(peer?.Name, announcement?.Length ?? 0, acknowledged is not null);
        return announcement;
    }

    /// <inheritdoc/>
    public async ValueTask<WaitingAnnouncement?> AnnouncementAfterAsync(Peer peer, SecurityServices services, long after, CancellationToken cancellationToken = default)
    {
        var announcement = await _party.AnnouncementAfterAsync(peer, services, after, cancellationToken).ConfigureAwait(false);
        LogAnnouncement(peer?.Name, announcement?.Message.Length ?? 0, after > 0);
        return announcement;
    }

    [LoggerMessage(1, LogLevel.Information, "{Octets} octets from {Sender} ({Services}): {Result} in {Milliseconds:F1} ms")]
    private partial void LogHandled(int octets, object? sender, SecurityServices services, string result, double milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "{Octets} octets from {Sender} refused in {Milliseconds:F1} ms: {Reason}")]
    private partial void LogRefused(int octets, object? sender, double milliseconds, string reason);

    [LoggerMessage(3, LogLevel.Error, "{Octets} octets from {Sender} could not be handled")]
    private partial void LogFailed(Exception exception, int octets, object? sender);

    [LoggerMessage(4, LogLevel.Debug, "{Peer} asked for an announcement and gets {Octets} octets; acknowledges the one before: {Acknowledges}")]
    private partial void LogAnnouncement(object? peer, int octets, bool acknowledges);
}
