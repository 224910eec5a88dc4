using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace CkiSdk.Crypto;

/// <summary>Maps the hash functions to the objects of BouncyCastle, and computes them.</summary>
internal static class HashAlgorithms
{
    /// <summary>Makes BouncyCastle's object.</summary>
    public static IDigest DigestOf(DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha1 => new Sha1Digest(),
        DigestAlgorithm.Sha256 => new Sha256Digest(),
        DigestAlgorithm.Sha384 => new Sha384Digest(),
        DigestAlgorithm.Sha512 => new Sha512Digest(),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Gives the length of a hash value in octets.</summary>
    public static int LengthOf(DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha1 => SHA1.HashSizeInBytes,
        DigestAlgorithm.Sha256 => SHA256.HashSizeInBytes,
        DigestAlgorithm.Sha384 => SHA384.HashSizeInBytes,
        DigestAlgorithm.Sha512 => SHA512.HashSizeInBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Hashes into a destination of at least the hash's length.</summary>
    public static void Hash(DigestAlgorithm algorithm, ReadOnlySpan<byte> content, Span<byte> destination) =>
        CryptographicOperations.HashData(algorithm.FrameworkName(), content, destination);

    /// <summary>Computes SHA-1, which remains in use where collisions do not matter.</summary>
#pragma warning disable CA5350 // identifiers of keys and parameters of OAEP are made by it; signatures need a permission
    public static byte[] Sha1(ReadOnlySpan<byte> content) => SHA1.HashData(content);
#pragma warning restore CA5350
}
