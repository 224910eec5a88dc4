namespace CkiSdk.Crypto.Software;

/// <summary>Makes the providers that come with the library.</summary>
public static class CryptoProviders
{
    /// <summary>Gets the software provider: the framework, and libcrypto for Diffie-Hellman.</summary>
    /// <remarks>
    /// Where libcrypto is absent, BouncyCastle computes instead and <see cref="IDiffieHellman.IsConstantTime"/> is <see langword="false"/>:
    /// log it, and refuse to hold a CMA's keys.
    /// </remarks>
    public static CryptoProvider Software { get; } = Create();

    private static CryptoProvider Create()
    {
        IDiffieHellman arithmetic = LibCryptoDiffieHellman.IsAvailable ? new LibCryptoDiffieHellman() : new BouncyCastleDiffieHellman();
        var random = new SystemRandomSource();
        return new CryptoProvider
        {
            Name = "software",
            Keys = new SoftwareKeyFactory(random, arithmetic),
            PublicKeys = new SoftwarePublicKeys(),
            DiffieHellman = arithmetic,
            ContentCipher = new AesGcmContentCipher(),
            ContentStreams = new SoftwareContentStreams(),
            KeyWrap = new AesKeyWrap(),
            Digests = new SoftwareDigests(),
            Random = random,
        };
    }
}
