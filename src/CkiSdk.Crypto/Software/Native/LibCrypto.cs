using System.Reflection;
using System.Runtime.InteropServices;

namespace CkiSdk.Crypto.Software.Native;

/// <summary>Declares the big-number functions of OpenSSL's libcrypto (1.1.1 or 3) that Diffie-Hellman needs.</summary>
internal static partial class LibCrypto
{
    /// <summary>BN_FLG_CONSTTIME: take the constant-time path.</summary>
    public const int ConstantTimeFlag = 0x04;

    private const string Library = "libcrypto";

    private static readonly nint Handle = Load();

    static LibCrypto() => NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, Resolve);

    /// <summary>Gets whether the library is there and has the function that everything rests on.</summary>
    public static bool IsAvailable => Handle != 0 && NativeLibrary.TryGetExport(Handle, "BN_mod_exp_mont_consttime", out _);

    /// <summary>Gets whether the library has the primality test of OpenSSL 3.</summary>
    public static bool HasCheckPrime => NativeLibrary.TryGetExport(Handle, "BN_check_prime", out _);

    [LibraryImport(Library, EntryPoint = "BN_new")]
    public static partial nint NewNumber();

    [LibraryImport(Library, EntryPoint = "BN_clear_free")]
    public static partial void ClearNumber(nint number);

    [LibraryImport(Library, EntryPoint = "BN_bin2bn")]
    public static partial nint ReadNumber(ReadOnlySpan<byte> octets, int length, NumberHandle number);

    [LibraryImport(Library, EntryPoint = "BN_bn2binpad")]
    public static partial int WriteNumber(NumberHandle number, Span<byte> octets, int length);

    [LibraryImport(Library, EntryPoint = "BN_set_flags")]
    public static partial void SetFlags(NumberHandle number, int flags);

    /// <summary>Halves a number and drops the rest.</summary>
    [LibraryImport(Library, EntryPoint = "BN_rshift1")]
    public static partial int ShiftRight(NumberHandle result, NumberHandle number);

    [LibraryImport(Library, EntryPoint = "BN_CTX_new")]
    public static partial nint NewScratch();

    [LibraryImport(Library, EntryPoint = "BN_CTX_free")]
    public static partial void FreeScratch(nint scratch);

    [LibraryImport(Library, EntryPoint = "BN_MONT_CTX_new")]
    public static partial nint NewMontgomery();

    [LibraryImport(Library, EntryPoint = "BN_MONT_CTX_free")]
    public static partial void FreeMontgomery(nint montgomery);

    [LibraryImport(Library, EntryPoint = "BN_MONT_CTX_set")]
    public static partial int SetMontgomery(MontgomeryHandle montgomery, NumberHandle modulus, ScratchHandle scratch);

    [LibraryImport(Library, EntryPoint = "BN_mod_exp_mont_consttime")]
    public static partial int Power(
        NumberHandle result,
        NumberHandle number,
        NumberHandle exponent,
        NumberHandle modulus,
        ScratchHandle scratch,
        MontgomeryHandle montgomery);

    /// <summary>Computes the Kronecker symbol: −1, 0 or 1; −2 is an error.</summary>
    [LibraryImport(Library, EntryPoint = "BN_kronecker")]
    public static partial int Kronecker(NumberHandle number, NumberHandle modulus, ScratchHandle scratch);

    /// <summary>Tests a number for primality by OpenSSL 3: 1 is prime, 0 is not, −1 is an error.</summary>
    [LibraryImport(Library, EntryPoint = "BN_check_prime")]
    public static partial int CheckPrime(NumberHandle number, ScratchHandle scratch, nint callback);

    /// <summary>Tests a number for primality by OpenSSL 1.1.1: 1 is prime, 0 is not, −1 is an error.</summary>
    [LibraryImport(Library, EntryPoint = "BN_is_prime_ex")]
    public static partial int IsPrime(NumberHandle number, int rounds, ScratchHandle scratch, nint callback);

    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    private static nint Load()
    {
        string[] names = ["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.3.dylib", "libcrypto-3-x64", "libcrypto"];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, typeof(LibCrypto).Assembly, searchPath: null, out var handle))
                return handle;
        }

        return 0;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) => name == Library ? Handle : 0;
}
