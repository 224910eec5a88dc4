using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Gives message times that rise strictly, within this process, beside others and after a restart (profile section 4, Order).</summary>
internal sealed class MessageClock(ITransactionStore store, TimeProvider time) : IDisposable
{
    // Times are taken from the store in stretches, so that most messages need no write. They are short, because each restart begins
    // after the last stretch: many of them in a row must not lead further ahead of the clock than recipients tolerate.
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private DateTimeOffset _last = DateTimeOffset.MinValue;
    private DateTimeOffset _end = DateTimeOffset.MinValue;

    /// <summary>Returns the next time: now, or just after the one given last.</summary>
    public async ValueTask<DateTimeOffset> NextAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = time.GetUtcNow();
            var next = now > _last ? now : _last.AddTicks(1);
            if (next >= _end)
            {
                next = await store.ReserveMessageTimesAsync(next, Stretch, cancellationToken).ConfigureAwait(false);
                _end = next + Stretch;
            }

            _last = next;
            return next;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Adds to changes that announce or ask for something what makes them stale if another process was given later times meanwhile: what is stored later must have the later time.</summary>
    /// <param name="changes">The changes.</param>
    public IReadOnlyList<StoreChange> Hold(IReadOnlyList<StoreChange> changes) =>
        changes.Any(change => change is StoreChange.Enqueue or StoreChange.PutPendingRequest) ? [new StoreChange.HoldMessageTimes(_end), .. changes] : changes;

    /// <summary>Gives the rest of the stretch up, so that the next time is after all that others were given.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async ValueTask ResetAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        _end = DateTimeOffset.MinValue;
        _gate.Release();
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
