namespace CkiSdk.Asn1;

/// <summary>Keeps one buffer for each thread, into which values are encoded before their length is known.</summary>
/// <remarks>
/// It stays in the cache, which a new array is not: writing that one back to front takes several times as long as copying into it at once.
/// Nearly all certificates and messages fit; what does not is counted, then written into an array of its own.
/// </remarks>
internal sealed class Scratch
{
    private const int Size = 8192;

    [ThreadStatic]
    private static Scratch? _own;

    private readonly byte[] _octets = new byte[Size];
    private bool _isTaken;

    /// <summary>Gets the buffer.</summary>
    internal Span<byte> Octets => _octets;

    /// <summary>Takes the thread's buffer, or a new one for an encoder that is called by an encoder.</summary>
    internal static Scratch Take()
    {
        var own = _own ??= new Scratch();
        if (own._isTaken)
            return new Scratch();
        own._isTaken = true;
        return own;
    }

    /// <summary>Copies what was written at its end into an array.</summary>
    internal byte[] ToArray(int written) => _octets.AsSpan(Size - written).ToArray();

    /// <summary>Gives the buffer back, after its end has been cleared: what was encoded may be a secret. Nobody else has the array, but it lives on, so that no compiler leaves this out.</summary>
    internal void Return(int written)
    {
        _octets.AsSpan(Math.Max(0, Size - written)).Clear();
        _isTaken = false;
    }
}
