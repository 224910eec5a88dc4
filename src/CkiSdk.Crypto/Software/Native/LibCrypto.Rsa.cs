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

    [LibraryImport(Library, EntryPoint = "RSA_generate_key_ex")]
    public static partial int GenerateRsa(RsaHandle rsa, int bits, NumberHandle exponent, nint callback);

    /// <summary>Writes RSAPrivateKey, or with no target counts its octets.</summary>
    [LibraryImport(Library, EntryPoint = "i2d_RSAPrivateKey")]
    public static unsafe partial int EncodeRsa(RsaHandle rsa, byte** target);

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

    [LibraryImport(Library, EntryPoint = "BN_mul")]
    public static partial int Multiply(NumberHandle result, NumberHandle left, NumberHandle right, ScratchHandle scratch);

    [LibraryImport(Library, EntryPoint = "BN_mod_mul")]
    public static partial int MultiplyModulo(NumberHandle result, NumberHandle left, NumberHandle right, NumberHandle modulus, ScratchHandle scratch);

    [LibraryImport(Library, EntryPoint = "BN_sub")]
    public static partial int Subtract(NumberHandle result, NumberHandle left, NumberHandle right);

    [LibraryImport(Library, EntryPoint = "BN_sub_word")]
    public static partial int SubtractWord(NumberHandle number, CULong word);

    [LibraryImport(Library, EntryPoint = "BN_gcd")]
    public static partial int CommonDivisor(NumberHandle result, NumberHandle left, NumberHandle right, ScratchHandle scratch);

    [LibraryImport(Library, EntryPoint = "BN_div")]
    public static partial int Divide(NumberHandle quotient, NumberHandle remainder, NumberHandle number, NumberHandle divisor, ScratchHandle scratch);

    [LibraryImport(Library, EntryPoint = "BN_cmp")]
    public static partial int Compare(NumberHandle left, NumberHandle right);

    [LibraryImport(Library, EntryPoint = "BN_num_bits")]
    public static partial int CountBits(NumberHandle number);

    [LibraryImport(Library, EntryPoint = "BN_set_flags")]
    public static partial void SetFlags(nint number, int flags);
}
