using System.Security.Cryptography;

namespace CkiSdk.Crypto;

/// <summary>Gives the framework's names of the hash functions.</summary>
public static class DigestAlgorithmExtensions
{
    /// <summary>Gives the framework's name.</summary>
    /// <param name="algorithm">The hash function.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such hash function.</exception>
    public static HashAlgorithmName FrameworkName(this DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha1 => HashAlgorithmName.SHA1,
        DigestAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        DigestAlgorithm.Sha384 => HashAlgorithmName.SHA384,
        DigestAlgorithm.Sha512 => HashAlgorithmName.SHA512,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}
