namespace CkiSdk.Transports.Spool;

/// <summary>Is where the files of a spool are: the folders <c>in</c>, <c>out</c>, <c>done</c> and <c>failed</c>, in which a message is the file NAME.pki (CKI profile section 7).</summary>
/// <remarks>
/// A file appears whole or not at all, and its name is used once. Who handles a message holds a claim to it; when he dies it passes to another one. An answer stands in <c>out</c> before its
/// message leaves <c>in</c>, and so do the words of a refusal in <c>failed</c>. What cannot be done throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.
/// </remarks>
public abstract class SpoolPlace : IAsyncDisposable
{
    private protected SpoolPlace()
    {
    }

    /// <summary>Gets how often to look for something new where nothing else is said.</summary>
    internal abstract TimeSpan Interval { get; }

    /// <summary>Gets how seldom to look where for long there was nothing new.</summary>
    internal virtual TimeSpan LongestInterval => Interval;

    /// <summary>Tells how long to wait after nothing was new.</summary>
    /// <param name="said">What was said; null for nothing.</param>
    /// <param name="before">How long one has waited before; null at the beginning, and after something was new.</param>
    internal TimeSpan Next(TimeSpan? said, TimeSpan? before) => said ?? (before is not { } last ? Interval : last * 2 < LongestInterval ? last * 2 : LongestInterval);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes the folders that are missing.</summary>
    internal abstract ValueTask PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Lists the names of the messages that wait, the oldest first. What is no file, or has a name that no message has, is none.</summary>
    internal abstract ValueTask<IReadOnlyList<string>> WaitingAsync(CancellationToken cancellationToken);

    /// <summary>Takes a message to handle it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="limit">The octets that it may have; of a longer one, one more is read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The claim; null where somebody else has it, or had it, or where it is no file.</returns>
    internal abstract ValueTask<SpoolClaim?> ClaimAsync(string name, int limit, CancellationToken cancellationToken);

    /// <summary>Puts a message where it is handled.</summary>
    internal abstract ValueTask SendAsync(string name, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken);

    /// <summary>Looks for what became of a message; null where there is neither an answer nor a refusal yet.</summary>
    internal abstract ValueTask<SpoolReply?> ReadAsync(string name, int limit, CancellationToken cancellationToken);

    /// <summary>Tells whether a message is still to be handled, or is being handled.</summary>
    internal abstract ValueTask<bool> IsWaitingAsync(string name, CancellationToken cancellationToken);

    /// <summary>Takes a message back that nobody handles yet.</summary>
    internal abstract ValueTask WithdrawAsync(string name, CancellationToken cancellationToken);

    /// <summary>Takes an answer away that was read.</summary>
    internal abstract ValueTask ForgetAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes what was put away, or answered and never fetched, before a time.</summary>
    internal abstract ValueTask PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
