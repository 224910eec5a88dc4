using System.Runtime.CompilerServices;

namespace CkiSdk.Pki.Cms.Streaming;

/// <summary>Reads a content of unknown length in pieces, and tells the short from the long before anything is written.</summary>
/// <remarks>What waits for a piece is pooled, as in <see cref="BerInput"/>.</remarks>
internal sealed class ContentPieces
{
    /// <summary>The length of a piece in octets; a content that fits into one is written as DER.</summary>
    public const int PieceLength = 64 * 1024;

    private readonly Stream _stream;
    private byte[] _current;
    private byte[] _next = new byte[PieceLength];
    private int _currentLength;
    private int _nextLength;

    private ContentPieces(Stream stream) => (_stream, _current) = (stream, new byte[PieceLength]);

    /// <summary>Gets whether the current piece is the last one.</summary>
    public bool IsLast => _nextLength == 0;

    /// <summary>Gets the current piece.</summary>
    public ReadOnlyMemory<byte> Current => _current.AsMemory(0, _currentLength);

    /// <summary>Reads the first piece.</summary>
    public static async ValueTask<ContentPieces> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        var pieces = new ContentPieces(stream);
        pieces._currentLength = await pieces.FillAsync(pieces._current, cancellationToken).ConfigureAwait(false);
        pieces._nextLength = await pieces.FillAsync(pieces._next, cancellationToken).ConfigureAwait(false);
        return pieces;
    }

    /// <summary>Goes to the next piece.</summary>
    /// <returns><see langword="false"/> if the current one was the last.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (IsLast)
            return false;
        (_current, _next) = (_next, _current);
        _currentLength = _nextLength;
        _nextLength = await FillAsync(_next, cancellationToken).ConfigureAwait(false);
        return true;
    }

    // As Stream.ReadAtLeastAsync, which allocates whenever it waits.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FillAsync(byte[] piece, CancellationToken cancellationToken)
    {
        for (var length = 0; ;)
        {
            var read = await _stream.ReadAsync(piece.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += read;
            if (read == 0 || length == piece.Length)
                return length;
        }
    }
}
