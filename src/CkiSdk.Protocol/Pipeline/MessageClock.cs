using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Gives message times that rise strictly, within this process, beside others and after a restart (profile section 4, Order).</summary>
internal sealed class MessageClock(ITransactionStore store, TimeProvider time)
{
    // Times are taken from the store in stretches, so that most messages need no write. They are short, because each restart begins
    // after the last stretch: many of them in a row must not lead further ahead of the clock than recipients tolerate.
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(1);

    // So long before the end of a stretch the next one is asked for, so that no answer waits for the disk.
    private static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private DateTimeOffset _last = DateTimeOffset.MinValue;
    private DateTimeOffset _end = DateTimeOffset.MinValue;
    private Task? _reserving;

    private DateTimeOffset End
    {
        get
        {
            lock (_gate)
            {
                return _end;
            }
        }
    }

    /// <summary>Returns the next time: now, or just after the one given last.</summary>
    public async ValueTask<DateTimeOffset> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task reserving;
            lock (_gate)
            {
                var now = time.GetUtcNow();
                var next = now > _last ? now : _last.AddTicks(1);
                if (next < _end)
                {
                    _last = next;
                    if (_end - next < Lead)
                    {
                        _reserving ??= ReserveAsync(_end, isAhead: true);
                    }

                    return next;
                }

                reserving = _reserving ??= ReserveAsync(next, isAhead: false);
            }

            await reserving.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds to changes that announce or ask for something what makes them stale if another process was given later times meanwhile: what is stored later must have the later time.</summary>
    /// <param name="changes">The changes.</param>
    public IReadOnlyList<StoreChange> Hold(IReadOnlyList<StoreChange> changes) =>
        changes.Any(change => change is StoreChange.Enqueue or StoreChange.PutPendingRequest) ? [new StoreChange.HoldMessageTimes(End), .. changes] : changes;

    /// <summary>Gives the rest of the stretch up, so that the next time is after all that others were given.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _end = DateTimeOffset.MinValue;
        }
    }

    private async Task ReserveAsync(DateTimeOffset notBefore, bool isAhead)
    {
        // What was begun in the lock goes on outside it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        DateTimeOffset? start = null;
        try
        {
            start = await store.ReserveMessageTimesAsync(notBefore, Stretch, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception) when (isAhead)
        {
            // Who needs the times tries again, and hears why there are none.
        }
        finally
        {
            lock (_gate)
            {
                _reserving = null;
                Take(start, isAhead);
            }
        }
    }

    // What was asked for ahead is of use only if it goes on where the present stretch ends: else another process was given the times in between, and later ones are taken when they are needed.
    private void Take(DateTimeOffset? start, bool isAhead)
    {
        if (start is not { } first || (isAhead && first != _end))
        {
            return;
        }

        _last = _last < first.AddTicks(-1) && first != _end ? first.AddTicks(-1) : _last;
        _end = first + Stretch;
    }
}
