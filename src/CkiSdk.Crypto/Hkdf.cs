using System.Security.Cryptography;

namespace CkiSdk.Crypto;

/// <summary>Derives keys by HKDF with SHA-256 (RFC 5869).</summary>
public static class Hkdf
{
    /// <summary>The longest output of <see cref="Expand(Secret, ReadOnlySpan{byte}, int)"/>: 255 blocks of 32 octets.</summary>
    public const int MaxLength = 255 * SHA256.HashSizeInBytes;

    // OpenSSL's HKDF refuses an info above 32 KiB, which names in it may exceed.
    private const int LongestContextOfPlatform = 16 * 1024;

    /// <summary>Extracts a pseudorandom key from a shared secret (RFC 5869 §2.2).</summary>
    /// <param name="salt">The salt; not secret.</param>
    /// <param name="inputKey">The shared secret.</param>
    /// <returns>The pseudorandom key, 32 octets.</returns>
    public static Secret Extract(ReadOnlySpan<byte> salt, Secret inputKey) => Extract(DigestAlgorithm.Sha256, salt, inputKey);

    /// <summary>Extracts a pseudorandom key with a hash function that a peer prescribes (RFC 5869 §2.2).</summary>
    /// <param name="hash">The hash function.</param>
    /// <param name="salt">The salt; not secret.</param>
    /// <param name="inputKey">The shared secret.</param>
    /// <returns>The pseudorandom key, as long as a hash value.</returns>
    public static Secret Extract(DigestAlgorithm hash, ReadOnlySpan<byte> salt, Secret inputKey)
    {
        ArgumentNullException.ThrowIfNull(inputKey);
        var key = new Secret(HashAlgorithms.LengthOf(hash));
        try
        {
            HKDF.Extract(hash.FrameworkName(), inputKey.Span, salt, key.Span);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Expands a pseudorandom key (RFC 5869 §2.3).</summary>
    /// <param name="key">The pseudorandom key, at least 32 octets.</param>
    /// <param name="context">The info.</param>
    /// <param name="length">The length in octets, 1 to <see cref="MaxLength"/>.</param>
    /// <returns>The derived octets.</returns>
    /// <exception cref="ArgumentException">The key is shorter than 32 octets.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public static Secret Expand(Secret key, ReadOnlySpan<byte> context, int length) => Expand(DigestAlgorithm.Sha256, key, context, length);

    /// <summary>Expands a pseudorandom key with a hash function that a peer prescribes (RFC 5869 §2.3).</summary>
    /// <param name="hash">The hash function.</param>
    /// <param name="key">The pseudorandom key, at least as long as a hash value.</param>
    /// <param name="context">The info.</param>
    /// <param name="length">The length in octets, 1 to 255 hash values.</param>
    /// <returns>The derived octets.</returns>
    /// <exception cref="ArgumentException">The key is shorter than a hash value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public static Secret Expand(DigestAlgorithm hash, Secret key, ReadOnlySpan<byte> context, int length)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 255 * HashAlgorithms.LengthOf(hash));
        if (key.Length < HashAlgorithms.LengthOf(hash))
            throw new ArgumentException($"The pseudorandom key is shorter than {HashAlgorithms.LengthOf(hash)} octets.", nameof(key));
        var derived = new Secret(length);
        try
        {
            Expand(hash.FrameworkName(), key.Span, context, derived.Span);
            return derived;
        }
        catch
        {
            derived.Dispose();
            throw;
        }
    }

    /// <summary>Expands a pseudorandom key into memory of the caller (RFC 5869 §2.3).</summary>
    /// <param name="key">The pseudorandom key, at least 32 octets.</param>
    /// <param name="context">The info.</param>
    /// <param name="derived">Where the derived octets go, 1 to <see cref="MaxLength"/>; the caller zeroes them. It may overlap the info.</param>
    /// <exception cref="ArgumentException">The key is shorter than 32 octets.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public static void Expand(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, Span<byte> derived)
    {
        if (key.Length < SHA256.HashSizeInBytes)
            throw new ArgumentException($"The pseudorandom key is shorter than {SHA256.HashSizeInBytes} octets.", nameof(key));
        if (derived.Length is 0 or > MaxLength)
            throw new ArgumentOutOfRangeException(nameof(derived), derived.Length, $"The length is not 1 to {MaxLength} octets.");
        Expand(HashAlgorithmName.SHA256, key, context, derived);
    }

    private static void Expand(HashAlgorithmName hash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, Span<byte> derived)
    {
        if (context.Length <= LongestContextOfPlatform)
            HKDF.Expand(hash, key, derived, context);
        else
            ExpandLong(hash, key, derived.Overlaps(context) ? context.ToArray() : context, derived); // each block reads the info again
    }

    // T(i) = HMAC(key, T(i-1) || context || i).
    private static void ExpandLong(HashAlgorithmName hash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, Span<byte> derived)
    {
        using var hmac = IncrementalHash.CreateHMAC(hash, key);
        using var block = new Secret(hmac.HashLengthInBytes);
        for (byte i = 1; !derived.IsEmpty; i++)
        {
            if (i > 1)
                hmac.AppendData(block.Span);
            hmac.AppendData(context);
            hmac.AppendData([i]);
            hmac.GetHashAndReset(block.Span);
            var count = Math.Min(block.Length, derived.Length);
            block.Span[..count].CopyTo(derived);
            derived = derived[count..];
        }
    }
}
