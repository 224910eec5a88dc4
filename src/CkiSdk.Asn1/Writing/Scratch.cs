using System.Security.Cryptography;

namespace CkiSdk.Asn1;

/// <summary>Keeps one buffer for each thread, into which values are encoded before their length is known.</summary>
/// <remarks>
/// It stays in the cache, which a new array is not: writing that one back to front takes several times as long as copying into it at once.
/// Nearly all certificates and messages fit; what does not is counted, then written into an array of its own.
/// </remarks>
internal static class Scratch
{
    private const int Length = 8192;

    [ThreadStatic]
    private static byte[]? _spare;

    /// <summary>Takes the thread's buffer, or a new one for an encoder that is called by an encoder.</summary>
    internal static byte[] Take()
    {
        var scratch = _spare ?? new byte[Length];
        _spare = null;
        return scratch;
    }

    /// <summary>Gives a buffer back, after its end has been cleared: what was encoded may be a secret.</summary>
    internal static void Return(byte[] scratch, int written)
    {
        CryptographicOperations.ZeroMemory(scratch.AsSpan(Math.Max(0, scratch.Length - written)));
        _spare = scratch;
    }
}
