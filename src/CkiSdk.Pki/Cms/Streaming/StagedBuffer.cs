using System.Security.Cryptography;

namespace CkiSdk.Pki.Cms.Streaming;

/// <summary>Keeps a short content in memory until it is known to be good.</summary>
public sealed class StagedBuffer : IStagedOutput
{
    private readonly MemoryStream _stream = new();
    private bool _isGood;

    /// <inheritdoc/>
    public Stream Stream => _stream;

    /// <summary>Gets a copy of the content; <see langword="null"/> as long as it is not known to be good.</summary>
    public byte[]? Content => _isGood ? _stream.ToArray() : null;

    /// <inheritdoc/>
    public ValueTask CommitAsync(CancellationToken cancellationToken = default)
    {
        _isGood = true;
        return ValueTask.CompletedTask;
    }

    /// <summary>Zeroes the content.</summary>
    /// <returns>When it is done.</returns>
    public ValueTask DisposeAsync()
    {
        CryptographicOperations.ZeroMemory(_stream.GetBuffer().AsSpan());
        return _stream.DisposeAsync();
    }
}
