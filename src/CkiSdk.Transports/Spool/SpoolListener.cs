using System.Collections.Concurrent;
using CkiSdk.Protocol;
using CkiSdk.Transports.Receipts;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Transports.Spool;

/// <summary>Lets a party be served through a spool. Several listeners, also of several processes, may serve one spool: each message is handled by one of them.</summary>
public sealed partial class SpoolListener : IAsyncDisposable
{
    private readonly IMessageHandler _party;
    private readonly SpoolListenerOptions _options;
    private readonly SpoolPlace _spool;
    private readonly SpoolContent _content;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _busy = new(StringComparer.Ordinal);
    private readonly Task _running;
    private bool _isOut;
    private bool _isDisposed;

    private SpoolListener(IMessageHandler party, SpoolListenerOptions options)
    {
        _party = party;
        _options = options;
        _content = new SpoolContent(options.Identity, options.MessageLimit);
        _spool = options.Place;
        _logger = options.LoggerFactory.CreateLogger<SpoolListener>();
        _running = Task.Run(RunAsync);
    }

    /// <summary>Starts.</summary>
    /// <param name="party">Who handles the messages.</param>
    /// <param name="options">The configuration.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>The listener; disposing of it stops it.</returns>
    /// <exception cref="ArgumentException">The identity has no anchor or two names, or there is no worker.</exception>
    /// <exception cref="IOException">The folders cannot be made.</exception>
    public static async Task<SpoolListener> StartAsync(IMessageHandler party, SpoolListenerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(party);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Workers < 1) throw new ArgumentException("A spool needs a worker.", nameof(options));
        await options.Place.PrepareAsync(cancellationToken).ConfigureAwait(false);
        return new SpoolListener(party, options);
    }

    /// <summary>Stops: no message is begun any more, what is being handled is answered, and what takes longer than configured is cancelled, stays in the spool, and is handled when somebody serves it again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true)) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        using (var grace = new CancellationTokenSource(_options.StopTimeout, _options.Time))
        {
            await using var abort = grace.Token.Register(_abort.Cancel).ConfigureAwait(false);
            await _running.ConfigureAwait(false);
        }

        await _spool.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
        _abort.Dispose();
    }

    private async Task RunAsync()
    {
        using var places = new SemaphoreSlim(_options.Workers, _options.Workers);
        var pruned = DateTimeOffset.MinValue;
        TimeSpan? pause = null;
        try
        {
            while (true)
            {
                var now = _options.Time.GetUtcNow();
                if (now - pruned > TimeSpan.FromHours(1) && await QuietlyAsync(() => PruneAsync(now)).ConfigureAwait(false) is not null) pruned = now;
                foreach (var name in (await WaitingAsync().ConfigureAwait(false)).Where(name => !_busy.TryGetValue(name, out var until) || until <= now))
                {
                    pause = null;
                    _busy[name] = DateTimeOffset.MaxValue;
                    await places.WaitAsync(_stop.Token).ConfigureAwait(false);
                    _ = Task.Run(() => WorkAsync(name, places));
                }

                pause = _spool.Next(_options.Interval, pause);
                await Task.Delay(pause.Value, _options.Time, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever has a place gives it back before it goes away.
            for (var i = 0; i < _options.Workers; i++) await places.WaitAsync().ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<string>> WaitingAsync()
    {
        if (await QuietlyAsync(() => _spool.WaitingAsync(_stop.Token)).ConfigureAwait(false) is not { } found) return [];
        foreach (var name in _busy.Where(busy => busy.Value != DateTimeOffset.MaxValue).Select(busy => busy.Key).Except(found, StringComparer.Ordinal)) _busy.TryRemove(name, out _);
        return found;
    }

    private async ValueTask<string> PruneAsync(DateTimeOffset now)
    {
        await _spool.PruneAsync(now - _options.Keep, _stop.Token).ConfigureAwait(false);
        return "";
    }

    private async Task WorkAsync(string name, SemaphoreSlim places)
    {
        var again = _options.Time.GetUtcNow();
        try
        {
            if (_stop.IsCancellationRequested) return;
            await using var claim = await _spool.ClaimAsync(name, _content.Limit, _abort.Token).ConfigureAwait(false);
            if (claim is null) return;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_abort.Token, claim.Lost);
            await HandleAsync(claim, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It stays where it is.
        }
        catch (Exception exception)
        {
            // A fault of the party or of the folder, such as a full disk, is no answer: it is tried again.
            LogFailed(exception, name);
            again += _options.Pause;
        }
        finally
        {
            _busy[name] = again;
            places.Release();
        }
    }

    private async Task HandleAsync(SpoolClaim claim, CancellationToken cancellationToken)
    {
        if (await claim.HasAnswerAsync(cancellationToken).ConfigureAwait(false))
        {
            await claim.PutAwayAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        if (await _content.ReadAsync(claim.Octets, cancellationToken).ConfigureAwait(false) is not { } message)
        {
            await claim.RefuseAsync(_content.IsPlain ? $"A message has at most {_content.Limit} octets." : "This is no message that can be opened here.", cancellationToken).ConfigureAwait(false);
            return;
        }

        var result = await ReceiptedExchange.HandleAsync(_party, new DeliveredMessage(message.Octets, message.Services, message.Sender), cancellationToken).ConfigureAwait(false);
        (ReadOnlyMemory<byte> answer, DateTimeOffset? checkBack) = result switch
        {
            HandlingResult.Answer final => (final.Message, default(DateTimeOffset?)),
            HandlingResult.Waiting waiting => (waiting.Message, waiting.NotBefore),
            _ => (ReceiptedExchange.Receipt(message.Octets), null),
        };
        var refusal = result is HandlingResult.Refused refused ? refused.Text
            : !_content.IsPlain && message.Receives is null ? "There is no trusted certificate to which an answer could be encrypted."
            : null;
        if (refusal is not null)
            await claim.RefuseAsync(refusal, cancellationToken).ConfigureAwait(false);
        else
            await claim.AnswerAsync(await _content.WriteAsync(answer, message.Receives, cancellationToken).ConfigureAwait(false), checkBack, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<T?> QuietlyAsync<T>(Func<ValueTask<T>> action)
        where T : class
    {
        try
        {
            var result = await action().ConfigureAwait(false);
            _isOut = false;
            return result;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            // Once, and not each time that it is tried. Whatever somebody has put there to stumble over, the others are served.
            if (!_isOut) LogPlace(_spool, exception.Message);
            _isOut = true;
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The message {Name} could not be handled, and stays where it is")]
    private partial void LogFailed(Exception exception, string name);

    [LoggerMessage(2, LogLevel.Warning, "The spool {Place} cannot be used: {Reason}")]
    private partial void LogPlace(object place, string reason);
}
