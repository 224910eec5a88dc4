using System.Runtime.InteropServices;

namespace CkiSdk.Crypto.Software.Native;

/// <summary>Declares Montgomery multiplication by bare pointers: a comb calls it some fifty times, and marshalling handles would cost a tenth of it.</summary>
internal static partial class LibCrypto
{
    /// <summary>Multiplies two numbers in Montgomery form: left·right/R mod p.</summary>
    [LibraryImport(Library, EntryPoint = "BN_mod_mul_montgomery")]
    public static partial int MultiplyMontgomery(nint result, nint left, nint right, nint montgomery, nint scratch);

    /// <summary>Reads a little-endian number.</summary>
    [LibraryImport(Library, EntryPoint = "BN_lebin2bn")]
    public static unsafe partial nint ReadLittleEndian(byte* octets, int length, nint number);

    /// <summary>Writes a little-endian number, padded to the length; the result is the length, or −1.</summary>
    [LibraryImport(Library, EntryPoint = "BN_bn2lebinpad")]
    public static unsafe partial int WriteLittleEndian(nint number, byte* octets, int length);
}
