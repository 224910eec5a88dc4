using System.Runtime.CompilerServices;
using CkiSdk.Asn1;

namespace CkiSdk.Pki.Cms.Streaming;

/// <summary>Reads BER from a stream, element by element, in bounded memory.</summary>
/// <remarks>What waits for each piece of a content is pooled (<see cref="PoolingAsyncValueTaskMethodBuilder"/>): a long one leaves no garbage that grows with its length.</remarks>
/// <param name="stream">The stream; it stays the caller's.</param>
/// <param name="limits">How large an element may be that is read as a whole, and how deep elements may lie in one another.</param>
internal sealed class BerInput(Stream stream, DerLimits limits)
{
    private const int BufferLength = 64 * 1024;

    private readonly byte[] _buffer = new byte[BufferLength];
    private readonly Stack<long?> _ends = new(); // where the constructed elements around end; null for an end mark
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Gets how many octets were read.</summary>
    public long Position { get; private set; }

    /// <summary>Looks at the next element of the constructed element that was entered last; null at its end.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<BerHeader?> PeekAsync(CancellationToken cancellationToken)
    {
        if (_ends.TryPeek(out var end) && end == Position)
            return null;
        await FillAsync(BerHeader.MaxOctets, cancellationToken).ConfigureAwait(false);
        if (_ends.Count == 0 && _start == _end)
            return null;
        if (BerHeader.TryRead(_buffer.AsSpan(_start, _end - _start), out var header) is { } kind)
            throw Error(kind, "malformed header");
        if (_ends.Count > 0 && end is null && header.IsEndOfContents)
            return null;
        if (header.IsEndOfContents)
            throw Error(DerErrorKind.UnexpectedTag, "an end mark without a beginning");
        if (InnermostEnd() is { } last && last - Position - header.Octets < (header.Length ?? 0))
            throw Error(DerErrorKind.UnexpectedEnd, "the element is longer than the one around it");
        return header;
    }

    /// <summary>Tells whether the next element has a tag.</summary>
    public async ValueTask<bool> NextIsAsync(Tag tag, CancellationToken cancellationToken) =>
        await PeekAsync(cancellationToken).ConfigureAwait(false) is { } header && header.Tag == tag;

    /// <summary>Goes into a constructed element.</summary>
    /// <exception cref="DerException">Another element stands there.</exception>
    public async ValueTask EnterAsync(Tag tag, CancellationToken cancellationToken)
    {
        var header = await RequireAsync(tag, cancellationToken).ConfigureAwait(false);
        if (_ends.Count >= limits.MaxDepth)
            throw Error(DerErrorKind.TooDeep, "elements lie too deep in one another");
        Advance(header.Octets);
        _ends.Push(header.Length is { } length ? Position + length : null);
    }

    /// <summary>Leaves the constructed element that was entered last, all of which must have been read.</summary>
    /// <exception cref="DerException">There is more.</exception>
    public async ValueTask LeaveAsync(CancellationToken cancellationToken)
    {
        if (await PeekAsync(cancellationToken).ConfigureAwait(false) is { } more)
            throw Error(DerErrorKind.TrailingData, $"unexpected {more.Tag}");
        if (_ends.Pop() is null)
            Advance(2);
    }

    /// <summary>Requires the end of the stream.</summary>
    /// <exception cref="DerException">There is more.</exception>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        await FillAsync(1, cancellationToken).ConfigureAwait(false);
        if (_start != _end)
            throw Error(DerErrorKind.TrailingData, "octets behind the end");
    }

    /// <summary>Reads the next element as a whole.</summary>
    /// <returns>Its octets, header and end mark included.</returns>
    /// <exception cref="DerException">There is none, or it is malformed or too large.</exception>
    public async ValueTask<byte[]> ReadElementAsync(CancellationToken cancellationToken)
    {
        var element = new MemoryStream();
        var depth = 0;
        do
        {
            await FillAsync(BerHeader.MaxOctets, cancellationToken).ConfigureAwait(false);
            if (BerHeader.TryRead(_buffer.AsSpan(_start, _end - _start), out var header) is { } kind)
                throw Error(kind, "malformed header");
            if (header.IsEndOfContents ? --depth < 0 : header.Length is null && ++depth > limits.MaxDepth)
                throw Error(header.IsEndOfContents ? DerErrorKind.UnexpectedTag : DerErrorKind.TooDeep, "elements lie wrongly in one another");
            var length = header.Octets + (header.Length ?? 0);
            if (length > limits.MaxLength - element.Length)
                throw Error(DerErrorKind.TooLarge, "the element is too large");
            await CopyAsync(element, length, cancellationToken).ConfigureAwait(false);
        }
        while (depth > 0);
        return element.ToArray();
    }

    /// <summary>Reads the pieces of an OCTET STRING, whole or in parts (X.690 8.7).</summary>
    /// <param name="tag">Its tag in the primitive form.</param>
    /// <param name="piece">Takes each piece; it must not keep it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask ReadOctetsAsync(Tag tag, Func<ReadOnlyMemory<byte>, ValueTask> piece, CancellationToken cancellationToken)
    {
        var outside = _ends.Count;
        do
        {
            var header = await PeekAsync(cancellationToken).ConfigureAwait(false);
            if (header is null)
            {
                if (_ends.Count == outside)
                    throw Error(DerErrorKind.MissingComponent, $"no {tag}");
                await LeaveAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            // The parts of a string have the tag of OCTET STRING, whatever tag the whole has.
            var expected = _ends.Count == outside ? tag : Tag.OctetString;
            if (header.Value.Tag.IsConstructed)
            {
                await EnterAsync(expected.AsConstructed(), cancellationToken).ConfigureAwait(false);
                continue;
            }

            await RequireAsync(expected, cancellationToken).ConfigureAwait(false);
            Advance(header.Value.Octets);
            await ReadContentAsync(header.Value.Length!.Value, piece, cancellationToken).ConfigureAwait(false);
        }
        while (_ends.Count > outside);
    }

    /// <summary>Makes an exception that names the place.</summary>
    public DerException Error(DerErrorKind kind, string detail) => new(kind, (int)Math.Min(Position, int.MaxValue), "", detail);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<BerHeader> RequireAsync(Tag tag, CancellationToken cancellationToken)
    {
        var header = await PeekAsync(cancellationToken).ConfigureAwait(false) ?? throw Error(DerErrorKind.MissingComponent, $"no {tag}");
        return header.Tag == tag ? header : throw Error(DerErrorKind.UnexpectedTag, $"{header.Tag} in place of {tag}");
    }

    private ValueTask CopyAsync(MemoryStream element, long length, CancellationToken cancellationToken) =>
        ReadContentAsync(
            length,
            piece =>
            {
                element.Write(piece.Span);
                return ValueTask.CompletedTask;
            },
            cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReadContentAsync(long length, Func<ReadOnlyMemory<byte>, ValueTask> piece, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            await FillAsync(1, cancellationToken).ConfigureAwait(false);
            if (_start == _end)
                throw Error(DerErrorKind.UnexpectedEnd, "the octets end inside an element");
            var count = (int)Math.Min(length, _end - _start);
            await piece(_buffer.AsMemory(_start, count)).ConfigureAwait(false);
            Advance(count);
            length -= count;
        }
    }

    // Where the innermost element around ends whose length is known.
    private long? InnermostEnd()
    {
        foreach (var end in _ends)
        {
            if (end is not null)
                return end;
        }

        return null;
    }

    private void Advance(int count)
    {
        _start += count;
        Position += count;
    }

    // Makes sure that so many octets lie in the buffer, or all that are left.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FillAsync(int count, CancellationToken cancellationToken)
    {
        if (_end - _start >= count || _isAtEnd)
            return;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (_end < count && !_isAtEnd)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _end += read;
            _isAtEnd = read == 0;
        }
    }
}
