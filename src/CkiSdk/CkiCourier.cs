using System.Collections.Concurrent;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CkiSdk;

/// <summary>Brings the announcements in an outbox to the parties that listen; those that do not ask for theirs themselves.</summary>
/// <remarks>
/// An announcement stays in the outbox until it was acknowledged. One party that cannot be reached holds up no other. Where several processes have a courier on
/// one store, one of them takes on each party; what it leaves behind when it dies, another brings, so that an announcement comes twice only where its bearer
/// died before he could say that it had arrived, and then under the same transaction.
/// </remarks>
public sealed partial class CkiCourier
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    // How long another process waits for one that died. It is taken on anew long before.
    private static readonly TimeSpan Delivery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Renewal = Delivery / 3;

    private readonly IOutboxStore _outbox;
    private readonly Func<string, ICkiTransport?> _route;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, (DateTimeOffset Next, TimeSpan Pause)> _failures = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<int>> _underway = new(StringComparer.Ordinal);

    /// <summary>Creates the courier.</summary>
    /// <param name="outbox">The outbox.</param>
    /// <param name="route">Gives the way to a party by its name in canonical form, with all three services; null for one that does not listen. The transport stays the caller's.</param>
    /// <param name="time">The clock; null is the system's.</param>
    /// <param name="logger">Where the log goes; null is nowhere.</param>
    public CkiCourier(IOutboxStore outbox, Func<string, ICkiTransport?> route, TimeProvider? time = null, ILogger<CkiCourier>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(outbox);
        ArgumentNullException.ThrowIfNull(route);
        _outbox = outbox;
        _route = route;
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<CkiCourier>.Instance;
    }

    /// <summary>Brings what waits now. Whoever could not be reached is tried again at a later call, after a pause that grows to a minute.</summary>
    /// <param name="cancellationToken">Stops it; what was acknowledged is done with.</param>
    /// <returns>How many announcements were acknowledged.</returns>
    public async Task<int> DeliverAsync(CancellationToken cancellationToken = default)
    {
        var tasks = await StartAsync(cancellationToken).ConfigureAwait(false);
        return (await EndAsync(tasks).ConfigureAwait(false)).Sum();
    }

    /// <summary>Brings what waits now, and leaves alone whoever takes longer: that goes on, and later calls begin nothing else with him.</summary>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Stops it, and what this call has begun.</param>
    public async Task DeliverAsync(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        var tasks = await StartAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(tasks.Values), Task.Delay(patience, _time, cancellationToken)).ConfigureAwait(false);
        await EndAsync(tasks.Where(task => task.Value.IsCompleted)).ConfigureAwait(false);
    }

    /// <summary>Waits for what calls before have left going on, as when their token is cancelled.</summary>
    public async Task WhenIdleAsync() => await ((Task)Task.WhenAll(_underway.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task<IReadOnlyDictionary<string, Task<int>>> StartAsync(CancellationToken cancellationToken)
    {
        foreach (var recipient in await _outbox.ListRecipientsAsync(cancellationToken).ConfigureAwait(false))
        {
            var isDue = !_failures.TryGetValue(recipient, out var failure) || failure.Next <= _time.GetUtcNow();
            if (isDue && !_underway.ContainsKey(recipient))
            {
                _underway[recipient] = DeliverAsync(recipient, cancellationToken);
            }
        }

        return _underway.ToDictionary(StringComparer.Ordinal);
    }

    // What failed unexpectedly is told once.
    private async Task<int[]> EndAsync(IEnumerable<KeyValuePair<string, Task<int>>> tasks)
    {
        KeyValuePair<string, Task<int>>[] ended = [.. tasks];
        try
        {
            return await Task.WhenAll(ended.Select(task => task.Value)).ConfigureAwait(false);
        }
        finally
        {
            Array.ForEach(ended, task => _underway.TryRemove(task));
        }
    }

    private async Task<int> DeliverAsync(string recipient, CancellationToken cancellationToken)
    {
        ICkiTransport? transport;
        try
        {
            transport = _route(recipient);
        }
        catch (CkiTransportException exception)
        {
            // A way that cannot be gone from here is tried again as one that leads to nobody.
            Fail(recipient, next: null, exception.Message);
            return 0;
        }

        if (transport is null || !await _outbox.TryTakeDeliveryAsync(recipient, Delivery, cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        try
        {
            return await DeliverAsync(recipient, transport, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Perhaps the party can be reached from elsewhere, or this process ends.
            await _outbox.EndDeliveryAsync(recipient, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<int> DeliverAsync(string recipient, ICkiTransport transport, CancellationToken cancellationToken)
    {
        var count = 0;
        StoredAnnouncement? next = null;
        try
        {
            var taken = _time.GetTimestamp();
            while ((_time.GetElapsedTime(taken) < Renewal || await _outbox.TryTakeDeliveryAsync(recipient, Delivery, cancellationToken).ConfigureAwait(false))
                && (next = await _outbox.PeekAnnouncementAsync(recipient, cancellationToken).ConfigureAwait(false)) is not null)
            {
                taken = _time.GetElapsedTime(taken) < Renewal ? taken : _time.GetTimestamp();
                using var activity = CkiDiagnostics.Activities.StartActivity("cki.announce");
                var exchange = transport.ExchangeAsync(next.Message, cancellationToken);
                var answer = exchange.IsCompleted ? await exchange.ConfigureAwait(false) : await HoldAsync(exchange.AsTask(), recipient).ConfigureAwait(false);
                if (!answer.IsAccepted)
                {
                    Fail(recipient, next, answer.Refusal ?? "it answers an announcement");
                    return count;
                }

                await _outbox.RemoveAnnouncementAsync(recipient, next.Number, cancellationToken).ConfigureAwait(false);
                _ = _failures.TryRemove(recipient, out _);
                CkiDiagnostics.Delivered.Add(1);
                count++;
            }

            return count;
        }
        catch (Exception exception) when (exception is CkiTransportException or ArgumentException)
        {
            // The latter where a transport does not carry so much; it holds up nobody else.
            Fail(recipient, next, exception.Message);
            return count;
        }
    }

    // Goes on with the delivery until the answer is there, however long the way is.
    private async Task<TransportAnswer> HoldAsync(Task<TransportAnswer> exchange, string recipient)
    {
        using var answered = new CancellationTokenSource();
        while (await Task.WhenAny(exchange, Task.Delay(Renewal, _time, answered.Token)).ConfigureAwait(false) != exchange)
        {
            try
            {
                _ = await _outbox.TryTakeDeliveryAsync(recipient, Delivery, CancellationToken.None).ConfigureAwait(false);
            }
            catch (CmaStoreException)
            {
                // What is under way goes on; the store is asked again when it is answered.
            }
        }

        await answered.CancelAsync().ConfigureAwait(false);
        return await exchange.ConfigureAwait(false);
    }

    private void Fail(string recipient, StoredAnnouncement? next, string reason)
    {
        var pause = _failures.TryGetValue(recipient, out var before) ? before.Pause * 2 : ShortestPause;
        pause = pause < LongestPause ? pause : LongestPause;
        CkiDiagnostics.Failed.Add(1);
        _failures[recipient] = (_time.GetUtcNow() + pause, pause);
        LogFailed(NameOf(next) ?? recipient, pause.TotalSeconds, reason);
    }

    // As people write it; an outbox knows its canonical form alone.
    private static string? NameOf(StoredAnnouncement? announcement) =>
        announcement is not null && PKIMessage.TryDecode(announcement.Message, out var message) && message.Header.Recipient is GeneralName.DirectoryName { Value: var name }
            ? DistinguishedName.From(name).ToString()
            : null;

    [LoggerMessage(1, LogLevel.Warning, "An announcement for {Recipient} waits another {Seconds:F0} s: {Reason}")]
    private partial void LogFailed(string recipient, double seconds, string reason);
}
