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
            Copy(ref MemoryMarshal.GetReference(der), ref MemoryMarshal.GetReference(room), der.Length);
    }

    /// <summary>Writes into memory that may be too short: from where it is full the writer counts.</summary>
    internal static DerWriter WithScratch(Span<byte> scratch) => new(scratch, Mode.Scratch);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Primitive(Tag tag, scoped ReadOnlySpan<byte> octets)
    {
        // Nearly every element is short and gets one identifier octet: it is written at once.
        if (octets.Length < 0x80 && _start >= ShortElement && !tag.IsHighForm)
        {
            var start = _start - octets.Length - 2;
            _start = start;
            ref var room = ref Octet(start);
            WritePair(ref room, tag.AsPrimitive().Value, octets.Length);
            Copy(ref MemoryMarshal.GetReference(octets), ref Unsafe.Add(ref room, 2), octets.Length);
        }
        else
        {
            LongPrimitive(tag, octets);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LongPrimitive(Tag tag, scoped ReadOnlySpan<byte> octets)
    {
        WriteRaw(octets);
        Header(tag.AsPrimitive(), octets.Length);
    }

    // At once where it is short and both contents lie together, as they did when they were decoded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Identified(Tag tag, scoped ReadOnlySpan<byte> identifier, scoped ReadOnlySpan<byte> value)
    {
        var contents = (uint)identifier.Length + (uint)value.Length;
        ref var octets = ref MemoryMarshal.GetReference(identifier);
        if (contents >= 0x80 - 2 || _start < ShortElement || tag.IsHighForm || !Unsafe.AreSame(ref Unsafe.Add(ref octets, identifier.Length), ref MemoryMarshal.GetReference(value)))
        {
            IdentifiedApart(tag, identifier, value);
            return;
        }

        var start = _start - (int)contents - 4;
        _start = start;
        ref var room = ref Octet(start);
        WritePair(ref room, tag.Value, (int)contents + 2);
        WritePair(ref Unsafe.Add(ref room, 2), Tag.ObjectIdentifier.Value, identifier.Length);
        Copy(ref octets, ref Unsafe.Add(ref room, 4), (int)contents);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void IdentifiedApart(Tag tag, scoped ReadOnlySpan<byte> identifier, scoped ReadOnlySpan<byte> value)
    {
        var mark = Length;
        WriteRaw(value);
        Primitive(Tag.ObjectIdentifier, identifier);
        End(tag, mark);
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
}
