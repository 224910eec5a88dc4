namespace CkiSdk.Storage.PostgreSql;

/// <summary>Reads how often what seldom changes was changed; who asks while an answer is under way shares the next one, which is asked for after he came.</summary>
internal sealed class StateWatch(Database database)
{
    private readonly Lock _lock = new();
    private Task<long> _running = Task.FromResult(0L);
    private Task<long>? _next;
    private volatile KeptState? _kept;

    /// <summary>Returns the state of now.</summary>
    public async ValueTask<KeptState> CurrentAsync(CancellationToken cancellationToken)
    {
        var version = await NextVersion().WaitAsync(cancellationToken).ConfigureAwait(false);
        var kept = _kept;
        return kept is not null && kept.Version == version && !kept.IsFull ? kept : _kept = new KeptState(database, version);
    }

    private Task<long> NextVersion()
    {
        lock (_lock)
        {
            if (_next is not null) return _next;
            return _running.IsCompleted ? _running = ReadAsync(null) : _next = ReadAsync(_running);
        }
    }

    private async Task<long> ReadAsync(Task? before)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (before is not null)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_lock)
            {
                (_running, _next) = (_next!, null);
            }
        }

        return await database.ReadAsync(
            static async session => (long)(await session.ScalarAsync("SELECT version FROM state_version").ConfigureAwait(false))!, CancellationToken.None).ConfigureAwait(false);
    }
}
