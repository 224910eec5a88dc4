using CkiSdk.Crypto;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Holds what every part of an authority uses.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Store">Its store.</param>
/// <param name="Provider">Its cryptography.</param>
/// <param name="Time">Its clock.</param>
/// <param name="Clock">Gives messages their times.</param>
/// <param name="Writer">Writes messages.</param>
internal sealed record PartyContext(Role Role, ICmaStore Store, CryptoProvider Provider, TimeProvider Time, MessageClock Clock, MessageWriter Writer) : IDisposable
{
    /// <summary>How often a work is decided anew: each time something else was committed in between, and that many in a row mean that something is wrong.</summary>
    public const int MostAttempts = 20;

    // What the last own turn has left; where another number stands, somebody else has taken one.
    private long _turn = -1;

    /// <summary>Gets what lets one at a time decide and commit what makes announcements, so that their times rise as they are stored.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Begins a work that takes a turn; whoever begins one holds the gate, and commits the change with what it has decided after this. Times of messages are from now on later than all that other processes have announced.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<StoreChange.TakeTurn> BeginTurnAsync(CancellationToken cancellationToken)
    {
        var before = await Store.TurnAsync(cancellationToken).ConfigureAwait(false);
        if (before != _turn)
        {
            Clock.Reset();
        }

        _turn = before;
        return new StoreChange.TakeTurn(before);
    }

    /// <summary>Notes that a turn was committed, where that is certain; else the next one begins as after one of another process.</summary>
    /// <param name="turn">The turn.</param>
    public void EndTurn(StoreChange.TakeTurn turn) => _turn = turn.Before + 1;

    /// <summary>Decides changes and commits them, one such work at a time, also beside other processes; it is decided anew where another one was committed meanwhile.</summary>
    /// <param name="decide">Decides; no changes are no work.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask CommitAsync(Func<ValueTask<IReadOnlyList<StoreChange>>> decide, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    var turn = await BeginTurnAsync(cancellationToken).ConfigureAwait(false);
                    var changes = await decide().ConfigureAwait(false);
                    if (changes.Count > 0)
                    {
                        await Store.CommitAsync(UnitOfWork.Of([turn, .. changes]), cancellationToken).ConfigureAwait(false);
                        EndTurn(turn);
                    }

                    return;
                }
                catch (StaleStateException) when (attempt < MostAttempts)
                {
                    // Decided anew.
                }
            }
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Gate.Dispose();
}
