namespace CkiSdk.Storage.Sqlite;

/// <summary>Is a write that waits for its group, then for the commit of that group.</summary>
internal abstract class WriteOperation
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Canceled = 2;
    private int _state;

    /// <summary>Takes the operation into a group; from now on it cannot be cancelled.</summary>
    /// <returns>False where it was cancelled before.</returns>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Writes, inside the group's transaction; an error is the group's, whose transaction has to be undone.</summary>
    /// <remarks>Like <see cref="RunApart"/> it may run again, in another transaction, after this one has failed.</remarks>
    public abstract void Run(SqliteSession session);

    /// <summary>Writes, inside the group's transaction; an error of this operation undoes what it wrote and nothing else.</summary>
    public abstract void RunApart(SqliteSession session);

    /// <summary>Tells the caller the outcome, after the commit.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing was written.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Cancels, unless a group has taken the operation.</summary>
    protected bool TryCancel() => Interlocked.CompareExchange(ref _state, Canceled, Waiting) == Waiting;
}
