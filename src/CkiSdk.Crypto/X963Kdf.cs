using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CkiSdk.Crypto;

/// <summary>Derives key-encryption keys from elliptic-curve agreements (ANSI X9.63, SEC 1 §3.6.1; RFC 5753 §7.2).</summary>
public static class X963Kdf
{
    /// <summary>Computes Hash(Z || counter || sharedInfo) for counter = 1, 2, … and cuts to the length.</summary>
    /// <param name="algorithm">The hash function.</param>
    /// <param name="sharedSecret">Z.</param>
    /// <param name="sharedInfo">The DER of ECC-CMS-SharedInfo.</param>
    /// <param name="length">The length in octets.</param>
    /// <returns>The derived octets.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive, or the hash function is unknown.</exception>
    public static Secret Derive(DigestAlgorithm algorithm, Secret sharedSecret, ReadOnlySpan<byte> sharedInfo, int length)
    {
        ArgumentNullException.ThrowIfNull(sharedSecret);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        using var hash = IncrementalHash.CreateHash(algorithm.FrameworkName());
        using var block = new Secret(hash.HashLengthInBytes);
        var derived = new Secret(length);
        Span<byte> counter = stackalloc byte[4];
        for (int written = 0, i = 1; written < length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(counter, i);
            hash.AppendData(sharedSecret.Span);
            hash.AppendData(counter);
            hash.AppendData(sharedInfo);
            hash.GetHashAndReset(block.Span);
            var count = Math.Min(block.Length, length - written);
            block.Span[..count].CopyTo(derived.Span[written..]);
            written += count;
        }

        return derived;
    }
}
