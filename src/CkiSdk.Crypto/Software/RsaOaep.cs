using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Pads and unpads by EME-OAEP (RFC 8017 §7.1); what is done with the padded octets depends on lengths only.</summary>
internal static class RsaOaep
{
    /// <summary>Pads a message to the length of the modulus.</summary>
    /// <exception cref="ArgumentException">The message is too long.</exception>
    public static Secret Pad(Secret message, int length, RsaEncryptionScheme scheme)
    {
        var hashLength = HashAlgorithms.LengthOf(scheme.Hash);
        if (message.Length > length - (2 * hashLength) - 2)
            throw new ArgumentException("The message is too long for the key.", nameof(message));
        var padded = new Secret(length);
        var seed = padded.Span[1..(1 + hashLength)];
        var block = padded.Span[(1 + hashLength)..];
        HashAlgorithms.Hash(scheme.Hash, scheme.Label.Span, block);
        block[^(message.Length + 1)] = 1;
        message.Span.CopyTo(block[^message.Length..]);
        RandomNumberGenerator.Fill(seed);
        Mask(scheme.MaskHash, seed, block);
        Mask(scheme.MaskHash, block, seed);
        return padded;
    }

    /// <summary>Unpads in place; <see langword="null"/> without any reason if the padding is wrong.</summary>
    public static Secret? Unpad(Secret padded, RsaEncryptionScheme scheme)
    {
        var hashLength = HashAlgorithms.LengthOf(scheme.Hash);
        if (padded.Length < (2 * hashLength) + 2)
            return null;
        var seed = padded.Span[1..(1 + hashLength)];
        var block = padded.Span[(1 + hashLength)..];
        Mask(scheme.MaskHash, block, seed);
        Mask(scheme.MaskHash, seed, block);
        Span<byte> labelHash = stackalloc byte[hashLength];
        HashAlgorithms.Hash(scheme.Hash, scheme.Label.Span, labelHash);
        var start = FindMessage(padded.Span[0], block, labelHash);
        return start > 0 ? Secret.From(block[start..]) : null; // the length of a message that is right is no secret
    }

    // Gives the place behind the octet 01, or 0 if anything is wrong; every octet is looked at in any case.
    private static int FindMessage(byte first, ReadOnlySpan<byte> block, ReadOnlySpan<byte> labelHash)
    {
        var good = ConstantTime.IsZero(first);
        for (var i = 0; i < labelHash.Length; i++)
            good &= ConstantTime.AreEqual(block[i], labelHash[i]);
        var searching = -1;
        var start = 0;
        for (var i = labelHash.Length; i < block.Length; i++)
        {
            var isOne = ConstantTime.AreEqual(block[i], 1);
            start = ConstantTime.Select(searching & isOne, i + 1, start);
            searching &= ~isOne;
            good &= ~searching | ConstantTime.IsZero(block[i]);
        }

        return start & good & ~searching;
    }

    // MGF1 (RFC 8017 appendix B.2.1), added to the target.
    private static void Mask(DigestAlgorithm algorithm, ReadOnlySpan<byte> seed, Span<byte> target)
    {
        using var hash = IncrementalHash.CreateHash(algorithm.FrameworkName());
        using var block = new Secret(hash.HashLengthInBytes);
        Span<byte> counter = stackalloc byte[4];
        for (var done = 0; done < target.Length; done += block.Length)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(counter, done / block.Length);
            hash.AppendData(seed);
            hash.AppendData(counter);
            hash.GetHashAndReset(block.Span);
            for (var i = 0; i < Math.Min(block.Length, target.Length - done); i++)
                target[done + i] ^= block.Span[i];
        }
    }
}
