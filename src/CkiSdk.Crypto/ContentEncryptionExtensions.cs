namespace CkiSdk.Crypto;

/// <summary>Says what the algorithms of <see cref="ContentEncryption"/> need.</summary>
public static class ContentEncryptionExtensions
{
    /// <summary>The length of a GCM tag in octets.</summary>
    public const int TagLength = 16;

    /// <summary>The longest content of GCM in octets: 2^36 − 32 (NIST SP 800-38D §5.2.1.1).</summary>
    public const long MaxGcmLength = (1L << 36) - 32;

    /// <summary>Tells whether an algorithm authenticates the content.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsAuthenticated(this ContentEncryption algorithm) =>
        algorithm is ContentEncryption.Aes128Gcm or ContentEncryption.Aes192Gcm or ContentEncryption.Aes256Gcm;

    /// <summary>Gives the length of a key.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>The length in octets.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such algorithm.</exception>
    public static int KeyLength(this ContentEncryption algorithm) => algorithm switch
    {
        ContentEncryption.Aes128Gcm or ContentEncryption.Aes128Cbc => 16,
        ContentEncryption.Aes192Gcm or ContentEncryption.Aes192Cbc or ContentEncryption.TripleDesCbc => 24,
        ContentEncryption.Aes256Gcm or ContentEncryption.Aes256Cbc => 32,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Gives the length of the nonce of GCM that we write, or of the initialisation vector of CBC.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>The length in octets.</returns>
    public static int NonceLength(this ContentEncryption algorithm) => algorithm.IsAuthenticated() ? 12 : algorithm.BlockLength();

    /// <summary>Gives the length of a block.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>The length in octets.</returns>
    public static int BlockLength(this ContentEncryption algorithm) => algorithm == ContentEncryption.TripleDesCbc ? 8 : 16;
}
