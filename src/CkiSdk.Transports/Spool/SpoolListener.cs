using System.Collections.Concurrent;
using System.Security.Cryptography;
using CkiSdk.Protocol;
using CkiSdk.Transports.Cms;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Transports.Spool;

/// <summary>Lets a party be served through a spool. Several listeners, also of several processes, may serve one spool: each message is handled by one of them.</summary>
public sealed partial class SpoolListener : IAsyncDisposable
{
    private readonly IMessageHandler _party;
    private readonly SpoolListenerOptions _options;
    private readonly SpoolFolder _spool;
    private readonly SpoolContent _content;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _busy = new(StringComparer.Ordinal);
    private readonly Task _running;

    private SpoolListener(IMessageHandler party, SpoolListenerOptions options)
    {
        _party = party;
        _options = options;
        _content = new SpoolContent(options.Identity, options.MessageLimit);
        _spool = new SpoolFolder(options.Folder);
        _logger = options.LoggerFactory.CreateLogger<SpoolListener>();
        _running = Task.Run(RunAsync);
    }

    /// <summary>Starts.</summary>
    /// <param name="party">Who handles the messages.</param>
    /// <param name="options">The configuration.</param>
    /// <returns>The listener; disposing of it stops it.</returns>
    /// <exception cref="ArgumentException">The identity has no anchor or two names, or there is no worker.</exception>
    /// <exception cref="IOException">The folders cannot be made.</exception>
    public static SpoolListener Start(IMessageHandler party, SpoolListenerOptions options)
    {
        ArgumentNullException.ThrowIfNull(party);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Workers < 1) throw new ArgumentException("A spool needs a worker.", nameof(options));
        return new SpoolListener(party, options);
    }

    /// <summary>Stops: what is being handled is cancelled, stays in the spool, and is handled when somebody serves it again.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var places = new SemaphoreSlim(_options.Workers, _options.Workers);
        var pruned = DateTimeOffset.MinValue;
        try
        {
            while (true)
            {
                var now = _options.Time.GetUtcNow();
                if (now - pruned > TimeSpan.FromHours(1)) pruned = Quietly(() => _spool.Prune(now - _options.Keep)) ? now : pruned;
                foreach (var name in Waiting().Where(name => !_busy.TryGetValue(name, out var until) || until <= now))
                {
                    _busy[name] = DateTimeOffset.MaxValue;
                    await places.WaitAsync(_stop.Token).ConfigureAwait(false);
                    _ = Task.Run(() => WorkAsync(name, places));
                }

                await Task.Delay(_options.Interval, _options.Time, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever has a place gives it back before it goes away.
            for (var i = 0; i < _options.Workers; i++) await places.WaitAsync().ConfigureAwait(false);
        }
    }

    private IReadOnlyList<string> Waiting()
    {
        IReadOnlyList<string> found = [];
        Quietly(() => found = _spool.Waiting());
        foreach (var name in _busy.Where(busy => busy.Value != DateTimeOffset.MaxValue).Select(busy => busy.Key).Except(found, StringComparer.Ordinal)) _busy.TryRemove(name, out _);
        return found;
    }

    private async Task WorkAsync(string name, SemaphoreSlim places)
    {
        var again = _options.Time.GetUtcNow();
        try
        {
            await using var file = _spool.Claim(name);
            if (file is not null) await HandleAsync(name, file, _stop.Token).ConfigureAwait(false);
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

    private async Task HandleAsync(string name, FileStream file, CancellationToken cancellationToken)
    {
        if (_spool.HasAnswer(name))
        {
            _spool.PutAway(name);
            return;
        }

        if (await _content.ReadAsync(SpoolFolder.ReadAtMost(file, _content.Limit), cancellationToken).ConfigureAwait(false) is not { } message)
        {
            _spool.Refuse(name, _content.IsPlain ? $"A message has at most {_content.Limit} octets." : "This is no message that can be opened here.");
            return;
        }

        var result = IsQuestion(message) ? await AnnounceAsync(message, cancellationToken).ConfigureAwait(false)
            : await _party.HandleAsync(new DeliveredMessage(message.Octets, message.Services, message.Sender), cancellationToken).ConfigureAwait(false);
        (ReadOnlyMemory<byte> answer, DateTimeOffset? checkBack) = result switch
        {
            HandlingResult.Answer final => (final.Message, default(DateTimeOffset?)),
            HandlingResult.Waiting waiting => (waiting.Message, waiting.NotBefore),
            _ => (SHA256.HashData(message.Octets.Span), null),
        };
        if (result is HandlingResult.Refused refused)
            _spool.Refuse(name, refused.Text);
        else if (!_content.IsPlain && message.Receives is null)
            _spool.Refuse(name, "There is no trusted certificate to which an answer could be encrypted.");
        else
            _spool.Answer(name, (await _content.WriteAsync(answer, message.Receives, cancellationToken).ConfigureAwait(false)).Span, checkBack);
    }

    private static bool IsQuestion(OpenedMessage message) => message.Octets.Length is 0 or SHA256.HashSizeInBytes;

    private async ValueTask<HandlingResult> AnnounceAsync(OpenedMessage question, CancellationToken cancellationToken)
    {
        if (question.Sender is not { } peer) return new HandlingResult.Refused("Announcements are for those who sign.");
        var oldest = await _party.NextAnnouncementAsync(peer, question.Services, null, cancellationToken).ConfigureAwait(false);
        if (oldest is { } known && question.Octets.Span.SequenceEqual(SHA256.HashData(known.Span)))
            oldest = await _party.NextAnnouncementAsync(peer, question.Services, known, cancellationToken).ConfigureAwait(false);
        return oldest is { } next ? new HandlingResult.Answer(next) : new HandlingResult.Accepted();
    }

    private bool Quietly(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogFolder(_options.Folder, exception.Message);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The message {Name} could not be handled, and stays where it is")]
    private partial void LogFailed(Exception exception, string name);

    [LoggerMessage(2, LogLevel.Warning, "The spool {Folder} cannot be used: {Reason}")]
    private partial void LogFolder(string folder, string reason);
}
