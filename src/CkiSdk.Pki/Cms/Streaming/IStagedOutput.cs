namespace CkiSdk.Pki.Cms.Streaming;

/// <summary>Takes a content that nobody may see before all of it is known to be good: a temporary file that is renamed, or memory.</summary>
public interface IStagedOutput : IAsyncDisposable
{
    /// <summary>Gets where to write.</summary>
    Stream Stream { get; }

    /// <summary>Releases what was written; without it, disposal discards everything.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When it is done.</returns>
    ValueTask CommitAsync(CancellationToken cancellationToken = default);
}
