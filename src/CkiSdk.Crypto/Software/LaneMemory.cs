using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Is memory for vectors, where these lie as the processor reads them fastest; it is cleared on release, because exponents and what comes of them go through it.</summary>
internal sealed unsafe class LaneMemory : SafeHandle
{
    private const int Alignment = 64;
    private readonly int _octets;

    private LaneMemory(int vectors)
        : base(0, ownsHandle: true)
    {
        _octets = vectors * sizeof(Vector512<ulong>);
        SetHandle((nint)NativeMemory.AlignedAlloc((nuint)_octets, Alignment));
    }

    /// <summary>Gets the first vector.</summary>
    public Vector512<ulong>* Vectors => (Vector512<ulong>*)handle;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Takes memory for so many vectors; what is in it is not defined.</summary>
    public static LaneMemory Of(int vectors) => new(vectors);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        CryptographicOperations.ZeroMemory(new Span<byte>((void*)handle, _octets));
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
