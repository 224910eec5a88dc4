using System.Runtime.InteropServices;

namespace CkiSdk.Crypto.Software.Native;

/// <content>The symmetric ciphers (EVP_CIPHER_CTX) of OpenSSL's libcrypto (1.1.1 or 3).</content>
internal static partial class LibCrypto
{
    /// <summary>EVP_CTRL_AEAD_SET_IVLEN.</summary>
    public const int SetNonceLength = 0x09;

    /// <summary>EVP_CTRL_AEAD_GET_TAG.</summary>
    public const int GetTag = 0x10;

    /// <summary>EVP_CTRL_AEAD_SET_TAG.</summary>
    public const int SetTag = 0x11;

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_new")]
    public static partial nint NewCipher();

    /// <summary>Clears and frees a context.</summary>
    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_free")]
    public static partial void FreeCipher(nint cipher);

    [LibraryImport(Library, EntryPoint = "EVP_aes_128_gcm")]
    public static partial nint Aes128Gcm();

    [LibraryImport(Library, EntryPoint = "EVP_aes_192_gcm")]
    public static partial nint Aes192Gcm();

    [LibraryImport(Library, EntryPoint = "EVP_aes_256_gcm")]
    public static partial nint Aes256Gcm();

    [LibraryImport(Library, EntryPoint = "EVP_aes_128_cbc")]
    public static partial nint Aes128Cbc();

    [LibraryImport(Library, EntryPoint = "EVP_aes_192_cbc")]
    public static partial nint Aes192Cbc();

    [LibraryImport(Library, EntryPoint = "EVP_aes_256_cbc")]
    public static partial nint Aes256Cbc();

    [LibraryImport(Library, EntryPoint = "EVP_des_ede3_cbc")]
    public static partial nint TripleDesCbc();

    /// <summary>Chooses the algorithm, or sets key and initialisation vector; null leaves what was there.</summary>
    [LibraryImport(Library, EntryPoint = "EVP_CipherInit_ex")]
    public static partial int InitCipher(CipherHandle cipher, nint type, nint engine, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, int encrypt);

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_set_padding")]
    public static partial int SetPadding(CipherHandle cipher, int padding);

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_ctrl")]
    public static partial int ControlCipher(CipherHandle cipher, int control, int length, Span<byte> octets);

    /// <summary>Takes the next piece; without an output it is only authenticated.</summary>
    [LibraryImport(Library, EntryPoint = "EVP_CipherUpdate")]
    public static partial int UpdateCipher(CipherHandle cipher, Span<byte> output, out int written, ReadOnlySpan<byte> input, int length);

    [LibraryImport(Library, EntryPoint = "EVP_CipherFinal_ex")]
    public static partial int FinishCipher(CipherHandle cipher, Span<byte> output, out int written);
}
