using System.Buffers;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CkiSdk.Asn1.Tests;

/// <summary>Holds octets right in front of, or right behind, a page that nobody may read: one octet too far ends the process.</summary>
internal sealed unsafe partial class GuardedMemory : MemoryManager<byte>
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly byte* _pages;
    private readonly int _page = Environment.SystemPageSize;
    private byte* _start;
    private int _length;

    public GuardedMemory()
    {
        _pages = (byte*)Map(0, 3 * (nuint)_page, ReadWrite, PrivateAnonymous, -1, 0);
        if (_pages == (byte*)-1 || Protect((nint)_pages, (nuint)_page, 0) != 0 || Protect((nint)(_pages + (2 * _page)), (nuint)_page, 0) != 0)
            throw new Win32Exception();
    }

    /// <summary>Gives a copy that ends where what may be read ends, or begins where it begins.</summary>
    public ReadOnlyMemory<byte> Hold(ReadOnlySpan<byte> octets, bool atEnd)
    {
        _start = _pages + (atEnd ? (2 * _page) - octets.Length : _page);
        _length = octets.Length;
        octets.CopyTo(GetSpan());
        return Memory;
    }

    public override Span<byte> GetSpan() => new(_start, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing) => _ = Unmap((nint)_pages, 3 * (nuint)_page);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
