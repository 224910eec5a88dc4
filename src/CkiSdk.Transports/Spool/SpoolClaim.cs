namespace CkiSdk.Transports.Spool;

/// <summary>Is a message in the hands of one who handles it. Whoever disposes of the claim without having put the message away leaves it to others.</summary>
internal abstract class SpoolClaim : IAsyncDisposable
{
    /// <summary>Gets the octets of the message, one more than it may have where it is longer.</summary>
    public abstract ReadOnlyMemory<byte> Octets { get; }

    /// <summary>Gets what is cancelled when the claim may have passed to somebody else.</summary>
    public virtual CancellationToken Lost => CancellationToken.None;

    /// <summary>Says whether there is an answer already, which somebody gave who could not go on.</summary>
    public abstract ValueTask<bool> HasAnswerAsync(CancellationToken cancellationToken);

    /// <summary>Answers the message, and puts it away.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="checkBack">When to ask again; null where the answer is final.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public abstract ValueTask AnswerAsync(ReadOnlyMemory<byte> answer, DateTimeOffset? checkBack, CancellationToken cancellationToken);

    /// <summary>Puts the message away that was answered.</summary>
    public abstract ValueTask PutAwayAsync(CancellationToken cancellationToken);

    /// <summary>Puts the message away that no message answers.</summary>
    public abstract ValueTask RefuseAsync(string text, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
