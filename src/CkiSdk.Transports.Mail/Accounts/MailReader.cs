using CkiSdk.Transports.Mail.Mime;
using CkiSdk.Transports.Mail.Servers;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Transports.Mail.Accounts;

/// <summary>Reads a mailbox as long as somebody wants it, gives each mail to be judged, and takes away what was dealt with.</summary>
internal sealed partial class MailReader : IAsyncDisposable
{
    // A mail in work takes memory; a slow one must not keep the others waiting.
    private const int Places = 32;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly IPostOffice _office;
    private readonly MailAccountOptions _options;
    private readonly Func<MailEntry, byte[], CancellationToken, ValueTask<MailVerdict>> _judge;
    private readonly ILogger _logger;
    private readonly MailLedger _ledger = new();
    private readonly List<Task> _works = [];
    private readonly SemaphoreSlim _places = new(Places, Places);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _wake = new();
    private Task? _running;
    private long _dealtWith;

    /// <summary>Prepares it.</summary>
    /// <param name="office">Where the mailbox is.</param>
    /// <param name="options">The configuration.</param>
    /// <param name="judge">Decides about a mail; an exception leaves it for another try.</param>
    public MailReader(IPostOffice office, MailAccountOptions options, Func<MailEntry, byte[], CancellationToken, ValueTask<MailVerdict>> judge)
    {
        (_office, _options, _judge) = (office, options, judge);
        _logger = options.LoggerFactory.CreateLogger<MailReader>();
    }

    /// <summary>Begins to read, if nobody has begun, and waits until the mailbox is open.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CkiTransportException">It cannot be opened now; it is tried again.</exception>
    public Task ReadyAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            _running ??= Task.Run(RunAsync, CancellationToken.None);
            return _ready.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Looks again at answers for which somebody has come to wait.</summary>
    /// <param name="key">The request.</param>
    public void Revisit(string key)
    {
        _ledger.Revisit(key);
        Wake();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Wake();
        _abort.CancelAfter(Farewell);
        if (_running is { } running) await running.ConfigureAwait(false);
        _stop.Dispose();
        _abort.Dispose();
        _places.Dispose();
    }

    private async Task RunAsync()
    {
        var shortest = _options.Pause < ShortestPause ? _options.Pause : ShortestPause;
        var pause = shortest;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var mailbox = await _office.OpenAsync(_stop.Token).ConfigureAwait(false);
                _ready.TrySetResult();
                var (opened, before) = (_options.Time.GetTimestamp(), _dealtWith);
                try
                {
                    await ReadAsync(mailbox).ConfigureAwait(false);
                }
                finally
                {
                    // One that opens and ends at once, with nothing done between, is no better than one that does not open.
                    if (_dealtWith > before || _options.Time.GetElapsedTime(opened) > LongestPause) pause = shortest;
                }
            }
            catch (Exception exception)
            {
                // Whatever a server makes the client stumble over, the account goes on.
                if (_stop.IsCancellationRequested) break;
                await FailAsync(exception, pause).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }

        await Task.WhenAll(_works).ConfigureAwait(false);
        _ready.TrySetException(new ObjectDisposedException(nameof(MailAccount)));
        _ = _ready.Task.Exception;
    }

    // Who wants the mailbox now hears of it; who comes later waits for the next try.
    private async Task FailAsync(Exception exception, TimeSpan pause)
    {
        LogUnavailable(_options.Address, pause.TotalSeconds, exception.Message);
        lock (_gate)
        {
            _ready.TrySetException(exception as CkiTransportException ?? new CkiTransportException(CkiTransportFault.Violation, $"The mailbox of {_options.Address} cannot be read: {exception.Message}", exception));
            _ = _ready.Task.Exception;
            _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await Task.Delay(pause, _options.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReadAsync(IMailbox mailbox)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            // Whatever happens from here on ends the wait below.
            var wake = new CancellationTokenSource();
            Interlocked.Exchange(ref _wake, wake).Dispose();
            if (_stop.IsCancellationRequested) await Task.WhenAny(Task.WhenAll(_works), Task.Delay(Farewell / 2)).ConfigureAwait(false);
            await RemoveAsync(mailbox).ConfigureAwait(false);
            if (_stop.IsCancellationRequested) return;

            var found = await mailbox.ListAsync(_abort.Token).ConfigureAwait(false);
            var now = _options.Time.GetUtcNow();

            // Where the server does not say when a mail arrived, it did when it was seen first.
            _ledger.Note([.. found.Select(entry => entry with { Arrived = entry.Arrived ?? now })], isFirst, MayConcern);
            var due = _ledger.Due(now);
            foreach (var entry in due.TakeWhile(_ => !_stop.IsCancellationRequested)) await BeginAsync(mailbox, entry, now).ConfigureAwait(false);
            if (due.Count > 0) continue;
            if (_ledger.NextDue() is { } next) wake.CancelAfter(next - now < LongestPause ? next - now + TimeSpan.FromMilliseconds(1) : LongestPause);
            await mailbox.WaitAsync(_options.Interval, wake.Token, _abort.Token).ConfigureAwait(false);
        }
    }

    private bool MayConcern(MailEntry entry) => entry.Size <= MailFraming.Limit(_options.MessageLimit) && MediaTypes.MayConcern(entry.ContentType);

    private async Task BeginAsync(IMailbox mailbox, MailEntry entry, DateTimeOffset now)
    {
        // Should the session end over this mail, the next one does the others first.
        _ledger.Decide(entry.Id, new MailVerdict(MailFate.Due, now + _options.Pause));
        if (await mailbox.ReadAsync(entry.Id, MailFraming.Limit(_options.MessageLimit) + 1, _abort.Token).ConfigureAwait(false) is not { } octets)
        {
            _ledger.Forget(entry.Id);
            return;
        }

        _ledger.Decide(entry.Id, new MailVerdict(MailFate.InWork));
        await _places.WaitAsync(_abort.Token).ConfigureAwait(false);
        _works.RemoveAll(work => work.IsCompleted);
        _works.Add(Task.Run(() => WorkAsync(entry, octets), CancellationToken.None));
    }

    private async Task WorkAsync(MailEntry entry, byte[] octets)
    {
        var verdict = new MailVerdict(MailFate.Due, _options.Time.GetUtcNow() + _options.Pause);
        try
        {
            verdict = await _judge(entry, octets, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It stays where it is.
        }
        catch (Exception exception)
        {
            // A fault of the party or of the way back is no answer: it is tried again.
            LogFailed(exception, entry.Id);
        }
        finally
        {
            _ledger.Decide(entry.Id, verdict);
            _places.Release();
            Wake();
        }
    }

    private async Task RemoveAsync(IMailbox mailbox)
    {
        foreach (var (fate, folder) in new[] { (MailFate.Done, _options.DoneFolder), (MailFate.Failed, _options.FailedFolder) })
        {
            var ids = _ledger.Of(fate);
            if (ids.Count == 0) continue;
            try
            {
                await mailbox.RemoveAsync(ids, folder, _abort.Token).ConfigureAwait(false);
            }
            catch (CkiTransportException exception) when (exception.Fault == CkiTransportFault.Violation)
            {
                // A mailbox that cannot be changed, or a folder that cannot be made, keeps nobody from his answer.
                LogStays(ids.Count, _options.Address, exception.Message);
            }

            // What the server leaves where it is, is not looked at again.
            foreach (var id in ids) _ledger.Decide(id, MailVerdict.Left);
            _dealtWith += ids.Count;
        }
    }

    private void Wake()
    {
        try
        {
            _ = Volatile.Read(ref _wake).CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has been replaced, and what happened is seen before the next wait.
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The mailbox of {Address} cannot be read and is tried again after {Seconds:F0} s: {Reason}")]
    private partial void LogUnavailable(string address, double seconds, string reason);

    [LoggerMessage(3, LogLevel.Warning, "{Count} mails that were dealt with stay in the mailbox of {Address}: {Reason}")]
    private partial void LogStays(int count, string address, string reason);

    [LoggerMessage(2, LogLevel.Error, "The mail {Id} could not be handled, and stays where it is")]
    private partial void LogFailed(Exception exception, string id);
}
