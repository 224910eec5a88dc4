using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Gives message times that rise strictly, within this process, beside others and after a restart (profile section 4, Order).</summary>
internal sealed class MessageClock(ITransactionStore store, TimeProvider time)
{
    // Times are taken from the store in stretches, so that most messages need no write. The first is short, because each start of a process begins after the last stretch: many of them in a row,
    // such as a script with a command for each user, must not lead further ahead of the clock than recipients tolerate. Whoever goes on needs fewer and fewer writes.
    private static readonly TimeSpan ShortestStretch = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestStretch = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _last = DateTimeOffset.MinValue;
    private DateTimeOffset _end = DateTimeOffset.MinValue;
    private Task? _reserving;
    private TimeSpan _length = ShortestStretch;
    private TimeSpan _lead;
    private int _epoch;

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

                    // So long before the end of a stretch the next one is asked for, so that no answer waits for the disk.
                    if (_end - next < _lead)
                    {
                        _reserving ??= ReserveAsync(_end, isAhead: true, _length, _epoch);
                    }

                    return next;
                }

                reserving = _reserving ??= ReserveAsync(next, isAhead: false, _length, _epoch);
            }

            await reserving.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the rest of the stretch up, and what is being reserved, so that the next time is after all that others were given by now.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            (_end, _length) = (DateTimeOffset.MinValue, ShortestStretch);
            _epoch++;
        }
    }

    private async Task ReserveAsync(DateTimeOffset notBefore, bool isAhead, TimeSpan length, int epoch)
    {
        // What was begun in the lock goes on outside it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        DateTimeOffset? start = null;
        try
        {
            start = await store.ReserveMessageTimesAsync(notBefore, length, CancellationToken.None).ConfigureAwait(false);
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
                Take(epoch == _epoch ? start : null, length, isAhead);
            }
        }
    }

    // What was asked for ahead is of use only if it goes on where the present stretch ends: else another process was given the times in between, and later ones are taken when they are needed.
    private void Take(DateTimeOffset? start, TimeSpan length, bool isAhead)
    {
        if (start is not { } first || (isAhead && first != _end))
        {
            return;
        }

        _last = _last < first.AddTicks(-1) && first != _end ? first.AddTicks(-1) : _last;
        (_end, _lead) = (first + length, length / 4);
        _length = length * 2 < LongestStretch ? length * 2 : LongestStretch;
    }
}
