using CkiSdk.Pki.Cms.Streaming;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Keeps a content back that decrypted well, until the rest of the checks is done.</summary>
/// <param name="inner">Where the content lies.</param>
internal sealed class HeldStage(IStagedOutput inner) : IStagedOutput
{
    /// <inheritdoc/>
    public Stream Stream => inner.Stream;

    /// <inheritdoc/>
    public ValueTask CommitAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
