using System.Runtime.CompilerServices;

namespace CkiSdk.Asn1;

/// <summary>Writes DER back to front, so that each length is known when its header is due.</summary>
/// <remarks>
/// Callers write the last component first and the header of a constructed element after its content. The same code runs twice:
/// a writer without a buffer, which is the default value, only counts; the second pass fills a buffer of exactly that size.
/// A first pass into scratch memory counts only from where that is full, and is the last one if it never is.
/// </remarks>
public ref partial struct DerWriter
{
    private readonly Span<byte> _buffer;
    private readonly bool _isScratch;
    private bool _writing;
    private int _length;

    /// <summary>Writes into a buffer, from its end.</summary>
    /// <param name="buffer">The buffer; what is written ends where it ends.</param>
    public DerWriter(Span<byte> buffer)
    {
        _buffer = buffer;
        _writing = true;
    }

    private DerWriter(Span<byte> scratch, bool isScratch)
        : this(scratch) => _isScratch = isScratch;

    /// <summary>Gets a value indicating whether octets are counted only.</summary>
    public readonly bool IsCounting => !_writing;

    /// <summary>Gets the number of octets written so far.</summary>
    public readonly int Length => _length;

    /// <summary>Writes length and tag in front of the content of an element.</summary>
    /// <param name="tag">The tag, taken as it is: a primitive one wraps an encoding into an OCTET STRING.</param>
    /// <param name="mark">The <see cref="Length"/> before the content was written.</param>
    public void End(Tag tag, int mark) => Header(tag, _length - mark);

    /// <summary>Writes an element as it stands.</summary>
    /// <param name="value">The element.</param>
    public void WriteAny(AnyValue value) => WriteRaw(value.Encoded.Span);

    /// <summary>Writes octets as they stand.</summary>
    /// <param name="der">Whole elements.</param>
    public void WriteRaw(scoped ReadOnlySpan<byte> der)
    {
        var room = Claim(der.Length);
        if (_writing)
            der.CopyTo(room);
    }

    private void Primitive(Tag tag, scoped ReadOnlySpan<byte> content)
    {
        // Nearly every element is short and gets one identifier octet: it is written at once.
        if (content.Length < 0x80 && !tag.IsHighForm)
        {
            var room = Claim(content.Length + 2);
            if (room.Length >= 2)
            {
                room[1] = (byte)content.Length;
                room[0] = (byte)tag.AsPrimitive().Value;
                content.CopyTo(room[2..]);
            }

            return;
        }

        WriteRaw(content);
        Header(tag.AsPrimitive(), content.Length);
    }

    /// <summary>Writes into memory that may be too short: from where it is full the writer counts.</summary>
    internal static DerWriter WithScratch(Span<byte> scratch) => new(scratch, isScratch: true);

    // The room in front of what was written; nothing while counting, when what is counted never fits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Claim(int length)
    {
        var start = (long)_buffer.Length - _length - length;
        if (start < 0)
            return Count(length);
        _length += length;
        return _buffer.Slice((int)start, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<byte> Count(int length)
    {
        if (_writing && !_isScratch)
            throw new ArgumentOutOfRangeException(nameof(length), "The buffer has no room for what is written.");
        _writing = false;
        _length = checked(_length + length);
        return default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Header(Tag tag, int length)
    {
        if (length >= 0x80 || tag.IsHighForm)
        {
            LongHeader(tag, length);
            return;
        }

        var header = Claim(2);
        if (header.Length >= 2)
        {
            header[1] = (byte)length;
            header[0] = (byte)tag.Value;
        }
    }

    // A length of one or two octets more (X.690 8.1.3.5), which is what nearly all long headers have.
    private void LongHeader(Tag tag, int length)
    {
        if (length > 0xFFFF || tag.IsHighForm)
        {
            LongestHeader(tag, length);
            return;
        }

        var header = Claim(length < 0x100 ? 3 : 4);
        if (!_writing)
            return;
        header[^1] = (byte)length;
        if (header.Length == 4)
            header[2] = (byte)(length >> 8);
        header[1] = (byte)(0x80 | (header.Length - 2));
        header[0] = (byte)tag.Value;
    }

    // The long form of either half (X.690 8.1.2.4, 8.1.3.5), each in as few octets as it takes (10.1).
    private void LongestHeader(Tag tag, int length)
    {
        Span<byte> header = stackalloc byte[10];
        var start = header.Length;
        for (var rest = length; length >= 0x80 && rest != 0; rest >>= 8)
            header[--start] = (byte)rest;
        header[--start] = (byte)(length < 0x80 ? length : 0x80 | (header.Length - 1 - start));
        if (tag.IsHighForm)
        {
            var last = start - 1;
            for (var rest = tag.Number; rest != 0; rest >>= 7)
                header[--start] = (byte)((rest & 0x7F) | (start == last ? 0 : 0x80));
        }

        header[--start] = (byte)tag.Value;
        WriteRaw(header[start..]);
    }
}
