using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Hashes by the framework.</summary>
internal sealed class SoftwareDigests : IDigests
{
    /// <inheritdoc/>
    public byte[] Compute(DigestAlgorithm algorithm, ReadOnlySpan<byte> content) => algorithm switch
    {
        DigestAlgorithm.Sha256 => SHA256.HashData(content),
        DigestAlgorithm.Sha384 => SHA384.HashData(content),
        DigestAlgorithm.Sha512 => SHA512.HashData(content),
        DigestAlgorithm.Sha1 => HashAlgorithms.Sha1(content),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}
