namespace CkiSdk.Crypto;

/// <summary>Computes hash values.</summary>
public interface IDigests
{
    /// <summary>Hashes a whole content at once.</summary>
    /// <param name="algorithm">The hash function.</param>
    /// <param name="content">What to hash.</param>
    /// <returns>The hash value.</returns>
    byte[] Compute(DigestAlgorithm algorithm, ReadOnlySpan<byte> content);
}
