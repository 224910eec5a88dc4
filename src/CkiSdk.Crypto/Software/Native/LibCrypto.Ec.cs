using System.Runtime.InteropServices;

namespace CkiSdk.Crypto.Software.Native;

/// <summary>Declares the elliptic-curve functions that ECDSA needs; a key of this kind is used as it is, without a context for each operation.</summary>
internal static partial class LibCrypto
{
    /// <summary>Gets whether the library has ECDSA over keys of this kind.</summary>
    public static bool HasEcdsa => Handle != 0
        && Array.TrueForAll<string>(
            ["EC_GROUP_new_by_curve_name", "EC_KEY_new", "EC_KEY_set_group", "EC_KEY_oct2key", "EC_KEY_oct2priv", "ECDSA_sign", "ECDSA_verify"],
            function => NativeLibrary.TryGetExport(Handle, function, out _));

    /// <summary>Makes a curve, by OpenSSL's number for it.</summary>
    [LibraryImport(Library, EntryPoint = "EC_GROUP_new_by_curve_name")]
    public static partial nint NewCurve(int number);

    [LibraryImport(Library, EntryPoint = "EC_KEY_new")]
    public static partial nint NewEcKey();

    [LibraryImport(Library, EntryPoint = "EC_KEY_free")]
    public static partial void FreeEcKey(nint key);

    /// <summary>Copies the curve into a key.</summary>
    [LibraryImport(Library, EntryPoint = "EC_KEY_set_group")]
    public static partial int SetCurve(EcKeyHandle key, nint curve);

    /// <summary>Takes a point, which must lie on the curve.</summary>
    [LibraryImport(Library, EntryPoint = "EC_KEY_oct2key")]
    public static partial int SetPoint(EcKeyHandle key, ReadOnlySpan<byte> point, nuint length, nint scratch);

    [LibraryImport(Library, EntryPoint = "EC_KEY_oct2priv")]
    public static partial int SetPrivateNumber(EcKeyHandle key, ReadOnlySpan<byte> number, nuint length);

    /// <summary>Signs a hash value; the signature is the DER of ECDSA-Sig-Value.</summary>
    [LibraryImport(Library, EntryPoint = "ECDSA_sign")]
    public static partial int SignEcdsa(int type, ReadOnlySpan<byte> hash, int hashLength, Span<byte> signature, out uint length, EcKeyHandle key);

    /// <summary>Verifies a signature over a hash value: 1 is right, 0 is wrong, −1 is malformed.</summary>
    [LibraryImport(Library, EntryPoint = "ECDSA_verify")]
    public static partial int VerifyEcdsa(int type, ReadOnlySpan<byte> hash, int hashLength, ReadOnlySpan<byte> signature, int length, EcKeyHandle key);
}
