using System.Runtime.InteropServices;

namespace CkiSdk.Crypto.Software.Native;

/// <summary>Declares the RSA functions that decryption needs.</summary>
internal static partial class LibCrypto
{
    /// <summary>RSA_NO_PADDING: the raw power.</summary>
    public const int RsaNoPadding = 3;

    [LibraryImport(Library, EntryPoint = "RSA_new")]
    public static partial nint NewRsa();

    [LibraryImport(Library, EntryPoint = "RSA_free")]
    public static partial void FreeRsa(nint rsa);

    [LibraryImport(Library, EntryPoint = "RSA_set0_key")]
    public static partial int SetRsaKey(RsaHandle rsa, nint n, nint e, nint d);

    [LibraryImport(Library, EntryPoint = "RSA_set0_factors")]
    public static partial int SetRsaFactors(RsaHandle rsa, nint p, nint q);

    [LibraryImport(Library, EntryPoint = "RSA_set0_crt_params")]
    public static partial int SetRsaRemainders(RsaHandle rsa, nint dp, nint dq, nint qInverse);

    /// <summary>Computes with the private key, blinded; the result is the length written, or −1.</summary>
    [LibraryImport(Library, EntryPoint = "RSA_private_decrypt")]
    public static partial int RsaPrivateDecrypt(int length, ReadOnlySpan<byte> from, Span<byte> to, RsaHandle rsa, int padding);

    /// <summary>Reads a number into a new BIGNUM that the caller owns.</summary>
    [LibraryImport(Library, EntryPoint = "BN_bin2bn")]
    public static partial nint ReadNewNumber(ReadOnlySpan<byte> octets, int length, nint number);

    [LibraryImport(Library, EntryPoint = "BN_set_flags")]
    public static partial void SetFlags(nint number, int flags);
}
