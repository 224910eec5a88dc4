using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CkiSdk.Asn1;

/// <summary>Writes DER back to front, so that each length is known when its header is due.</summary>
/// <remarks>
/// Callers write the last component first and the header of a constructed element after its content. The same code runs twice:
/// a writer without a buffer, which is the default value, only counts; the second pass fills a buffer of exactly that size.
/// A first pass into scratch memory counts only from where that is full, and is the last one if it never is.
/// What generated code calls for each element stays a call: put in its place, a hundred times over, it costs more than it saves.
/// </remarks>
public ref partial struct DerWriter
{
    // What a short element takes at most: one identifier octet, one length octet, 127 octets.
    private const int ShortElement = 0x81;

    private readonly Span<byte> _buffer;
    private readonly Mode _mode;

    // Where in the buffer the octets written so far begin; below zero by those that were only counted.
    private int _start;

    /// <summary>Writes into a buffer, from its end.</summary>
    /// <param name="buffer">The buffer; what is written ends where it ends.</param>
    public DerWriter(Span<byte> buffer)
        : this(buffer, Mode.Buffer)
    {
    }

    private DerWriter(Span<byte> buffer, Mode mode)
    {
        _buffer = buffer;
        _mode = mode;
        _start = buffer.Length;
    }

    private enum Mode : byte
    {
        Count,
        Buffer,
        Scratch,
    }

    /// <summary>Gets a value indicating whether octets are counted only.</summary>
    public readonly bool IsCounting => _mode == Mode.Count || _start < 0;

    /// <summary>Gets the number of octets written so far.</summary>
    public readonly int Length => _buffer.Length - _start;

    /// <summary>Writes length and tag in front of the content of an element.</summary>
    /// <param name="tag">The tag, taken as it is: a primitive one wraps an encoding into an OCTET STRING.</param>
    /// <param name="mark">The <see cref="Length"/> before the content was written.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End(Tag tag, int mark) => Header(tag, Length - mark);

    /// <summary>Writes an element as it stands.</summary>
    /// <param name="value">The element.</param>
    public void WriteAny(AnyValue value) => WriteRaw(value.Span);

    /// <summary>Writes a SEQUENCE of an identifier and a value, such as an attribute or an algorithm, which lie close together in most encodings.</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="identifier">The first component, with its universal tag.</param>
    /// <param name="value">The second component, as it stands.</param>
    public void WriteIdentified(Tag tag, ObjectIdentifier identifier, AnyValue value) => Identified(tag, identifier.Span, value.Span);

    /// <summary>Writes octets as they stand.</summary>
    /// <param name="der">Whole elements.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteRaw(scoped ReadOnlySpan<byte> der)
    {
        var room = Claim(der.Length);
        if (!IsCounting)
            Copy(der, room);
    }

    /// <summary>Writes into memory that may be too short: from where it is full the writer counts.</summary>
    internal static DerWriter WithScratch(Span<byte> scratch) => new(scratch, Mode.Scratch);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Primitive(Tag tag, scoped ReadOnlySpan<byte> octets)
    {
        // Nearly every element is short and gets one identifier octet: it is written at once.
        if (octets.Length < 0x80 && _start >= ShortElement && !tag.IsHighForm)
        {
            var room = _buffer.Slice(_start -= octets.Length + 2, octets.Length + 2);
            room[1] = (byte)octets.Length;
            room[0] = (byte)tag.AsPrimitive().Value;
            Copy(octets, room[2..]);
            return;
        }

        WriteRaw(octets);
        Header(tag.AsPrimitive(), octets.Length);
    }

    // At once where it is short: three headers and two contents.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Identified(Tag tag, scoped ReadOnlySpan<byte> identifier, scoped ReadOnlySpan<byte> value)
    {
        if (identifier.Length < 0x80 && value.Length < 0x80 - 2 - identifier.Length && _start >= ShortElement && !tag.IsHighForm)
        {
            var content = identifier.Length + 2 + value.Length;
            var room = _buffer.Slice(_start -= content + 2, content + 2);
            room[3] = (byte)identifier.Length;
            room[2] = (byte)Tag.ObjectIdentifier.Value;
            room[1] = (byte)content;
            room[0] = (byte)tag.Value;
            room = room[4..];
            Copy(identifier, room);
            Copy(value, room[identifier.Length..]);
            return;
        }

        var mark = Length;
        WriteRaw(value);
        Primitive(Tag.ObjectIdentifier, identifier);
        End(tag, mark);
    }

    // Most contents are shorter than what it costs to call and to find out how they are best copied.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(scoped ReadOnlySpan<byte> octets, Span<byte> room)
    {
        if (octets.Length >= 2 * sizeof(ulong))
        {
            octets.CopyTo(room);
        }
        else if (octets.Length >= sizeof(ulong))
        {
            var last = octets.Length - sizeof(ulong);
            var head = MemoryMarshal.Read<ulong>(octets);
            var tail = MemoryMarshal.Read<ulong>(octets[last..]);
            MemoryMarshal.Write(room, head);
            MemoryMarshal.Write(room[last..], tail);
        }
        else
        {
            for (var i = 0; i < octets.Length && i < room.Length; i++)
                room[i] = octets[i];
        }
    }

    // The room in front of what was written; nothing while counting.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Claim(int length)
    {
        if (_start < length)
            return Count(length);
        _start -= length;
        return _buffer.Slice(_start, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<byte> Count(int length)
    {
        if (_mode == Mode.Buffer)
            throw new ArgumentOutOfRangeException(nameof(length), "The buffer has no room for what is written.");
        _start = _buffer.Length - checked(Length + length);
        return default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Header(Tag tag, int length)
    {
        if (length >= 0x80 || _start < 2 || tag.IsHighForm)
        {
            LongHeader(tag, length);
            return;
        }

        var header = _buffer.Slice(_start -= 2, 2);
        header[1] = (byte)length;
        header[0] = (byte)tag.Value;
    }

    // A length of one or two octets more (X.690 8.1.3.5), which is what nearly all long headers have.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LongHeader(Tag tag, int length)
    {
        if (length is < 0x80 or > 0xFFFF || _start < 4 || tag.IsHighForm)
        {
            LongestHeader(tag, length);
            return;
        }

        if (length < 0x100)
        {
            var header = _buffer.Slice(_start -= 3, 3);
            header[2] = (byte)length;
            header[1] = 0x81;
            header[0] = (byte)tag.Value;
        }
        else
        {
            var header = _buffer.Slice(_start -= 4, 4);
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)length);
            header[1] = 0x82;
            header[0] = (byte)tag.Value;
        }
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
