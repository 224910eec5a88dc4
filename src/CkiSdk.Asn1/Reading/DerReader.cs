using System.Runtime.CompilerServices;

namespace CkiSdk.Asn1;

/// <summary>Reads strict DER (X.690 10, 11) from memory, without copies: values are slices of the input.</summary>
/// <remarks>
/// Each Read method takes the tag that the element must have; for the primitive types its form is always primitive (X.690 10.2).
/// A read that fails throws a <see cref="DerException"/> and leaves <see cref="Position"/> where it was.
/// </remarks>
public ref partial struct DerReader
{
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly ReadOnlySpan<byte> _input;
    private readonly DerPath? _path;
    private readonly int _maxDepth;

    // Where the element entered last ends, which is within the input; positions are absolute.
    private int _end;
    private int _position;
    private int _depth;
    private int _elementsLeft;
    private bool _isSharing;

    /// <summary>Starts at the first octet.</summary>
    /// <param name="der">The input, which must not change while values that were read from it are in use.</param>
    /// <param name="limits">What the reader admits; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">The input is longer than <see cref="DerLimits.MaxLength"/>.</exception>
    public DerReader(ReadOnlyMemory<byte> der, DerLimits? limits = null)
        : this(der, limits, null)
    {
    }

    internal DerReader(ReadOnlyMemory<byte> der, DerLimits? limits, DerPath? path)
        : this(der.Span, der, limits, path)
    {
    }

    private DerReader(ReadOnlySpan<byte> der, ReadOnlyMemory<byte> memory, DerLimits? limits, DerPath? path)
    {
        limits ??= DerLimits.Default;
        _memory = memory;
        _input = der;
        _end = der.Length;
        _path = path;
        _elementsLeft = limits.MaxElements;
        _isSharing = true;
        _maxDepth = limits.MaxDepth;
        if (der.Length > limits.MaxLength)
            ThrowTooLong(limits.MaxLength);
    }

    /// <summary>Starts at the first octet of a span that is only validated; what values it gives are slices of a memory that lies at the same place.</summary>
    internal static DerReader OfSpan(ReadOnlySpan<byte> der, ReadOnlyMemory<byte> memory, DerLimits? limits, DerPath? path) =>
        new(der, memory, limits, path) { _elementsLeft = int.MaxValue };

    /// <summary>Gets the offset of the next octet in the whole input.</summary>
    public readonly int Position => _position;

    /// <summary>Gets how many elements have been entered and not left.</summary>
    public readonly int Depth => _depth;

    /// <summary>Gets a value indicating whether octets are left in the element entered last, or in the input.</summary>
    public readonly bool HasData => _position < _end;

    /// <summary>Gives the tag of the next element.</summary>
    /// <exception cref="DerException">There is none, or its identifier octets are malformed.</exception>
    public readonly Tag PeekTag() => TagAt(_end, _position, out _);

    /// <summary>Gives the tag of the next element, if there is one.</summary>
    /// <param name="tag">The tag, or the default value.</param>
    /// <exception cref="DerException">The identifier octets are malformed.</exception>
    public readonly bool TryPeekTag(out Tag tag)
    {
        tag = HasData ? PeekTag() : default;
        return HasData;
    }

    /// <summary>Tells whether the next element has this tag; at the end it has none.</summary>
    /// <param name="tag">The tag, in the form that the element must have.</param>
    /// <exception cref="DerException">The identifier octets are malformed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool NextIs(Tag tag)
    {
        if (!HasData)
            return false;
        uint octet = Octet(_position);
        return (octet & Tag.HighForm) != Tag.HighForm ? octet == tag.Value : PeekTag() == tag;
    }

    /// <summary>Goes to the content of an element; the reads that follow end where it ends.</summary>
    /// <param name="tag">The tag, taken as it is: a primitive one opens an encoding inside an OCTET STRING.</param>
    /// <returns>The mark to give to <see cref="Leave"/>.</returns>
    /// <exception cref="DerException">Another element follows, or its header is malformed, or it lies too deep.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Enter(Tag tag)
    {
        var start = Header(tag, out var end);
        if (_depth >= _maxDepth)
            ThrowTooDeep(_position);
        if (--_elementsLeft < 0)
            ThrowTooMany();
        var mark = _end;
        _end = end;
        _position = start;
        _depth++;
        _path?.Clear(_depth);
        return mark;
    }

    /// <summary>Returns behind the element entered last, all of whose content must have been read.</summary>
    /// <param name="mark">What <see cref="Enter"/> gave.</param>
    /// <exception cref="DerException">Content is left.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No <see cref="Enter"/> gives such a mark.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave(int mark)
    {
        var end = _end;
        if (_position != end)
            ThrowTrailing();

        // The same number, but known since the header: what comes next need not wait until all headers inside have been followed.
        _position = end;
        if ((uint)mark > (uint)_input.Length)
            ThrowMark(mark);
        _end = mark;
        _depth--;
    }

    /// <summary>Requires that no octet follows in the element entered last, or in the input.</summary>
    /// <exception cref="DerException">One does.</exception>
    public readonly void End()
    {
        if (_position != _end)
            ThrowTrailing();
    }

    /// <summary>Gives octets that were read, such as those that a signature covers.</summary>
    /// <param name="start">The <see cref="Position"/> before the first of them.</param>
    public readonly ReadOnlyMemory<byte> Slice(int start) => _memory[start.._position];
}
