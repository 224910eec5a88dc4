namespace CkiSdk.Storage.PostgreSql;

/// <summary>Is a write that waits for its group, then for the commit of that group.</summary>
internal abstract class WriteOperation
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Canceled = 2;
    private int _state;

    /// <summary>Gets whether the caller was told.</summary>
    public abstract bool IsDone { get; }

    /// <summary>Takes the operation into a group; from now on it cannot be cancelled.</summary>
    /// <returns>False where it was cancelled before.</returns>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Writes, inside the group's transaction. It may run again, in another transaction, after this one has failed.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="audit">The end of the audit log.</param>
    /// <param name="apart">Whether an error of this operation undoes what it wrote and nothing else; otherwise it is the group's, whose transaction has to be undone.</param>
    public abstract ValueTask RunAsync(Session session, AuditTrail audit, bool apart);

    /// <summary>Tells the caller the outcome, after the commit.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing was written, or that nobody knows.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Cancels, unless a group has taken the operation.</summary>
    protected bool TryCancel() => Interlocked.CompareExchange(ref _state, Canceled, Waiting) == Waiting;
}
