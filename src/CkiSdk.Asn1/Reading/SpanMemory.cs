using System.Buffers;

namespace CkiSdk.Asn1;

/// <summary>Lends a pinned span as memory while it is validated, so that one code reads values of arrays and of spans.</summary>
/// <remarks>Each thread keeps one; nothing that was read may be used after <see cref="Return"/>, when the memory has no octets any more.</remarks>
internal sealed unsafe class SpanMemory : MemoryManager<byte>
{
    [ThreadStatic]
    private static SpanMemory? _spare;

    private byte* _start;
    private int _length;

    /// <summary>Takes the thread's object, or a new one within a validation.</summary>
    /// <param name="start">The first octet, which stays where it is until <see cref="Return"/>.</param>
    /// <param name="length">The number of octets.</param>
    internal static SpanMemory Take(byte* start, int length)
    {
        var memory = _spare ?? new SpanMemory();
        _spare = null;
        memory._start = start;
        memory._length = length;
        return memory;
    }

    /// <summary>Gives it back.</summary>
    internal void Return()
    {
        _start = null;
        _length = 0;
        _spare = this;
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(_start, _length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
