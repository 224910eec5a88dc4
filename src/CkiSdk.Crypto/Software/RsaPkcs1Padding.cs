using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Pads by RSAES-PKCS1-v1_5 (RFC 8017 §7.2) and unpads with implicit rejection (draft-irtf-cfrg-rsa-guidance).</summary>
internal static class RsaPkcs1Padding
{
    private const int MinPadding = 8;
    private const int Candidates = 128;

    /// <summary>Pads a message to the length of the modulus.</summary>
    /// <exception cref="ArgumentException">The message is too long.</exception>
    public static Secret Pad(Secret message, int length)
    {
        if (message.Length > length - MinPadding - 3)
            throw new ArgumentException("The message is too long for the key.", nameof(message));
        var padded = new Secret(length);
        padded.Span[1] = 2;
        var padding = padded.Span[2..^(message.Length + 1)];
        RandomNumberGenerator.Fill(padding);
        while (padding.IndexOf((byte)0) is >= 0 and var zero)
            RandomNumberGenerator.Fill(padding.Slice(zero, 1));
        message.Span.CopyTo(padded.Span[^message.Length..]);
        return padded;
    }

    /// <summary>Unpads; a wrong padding gives the message that key and ciphertext determine and that nobody can tell from a real one.</summary>
    /// <param name="padded">What the private key made of the ciphertext, as long as the modulus.</param>
    /// <param name="rejectionKey">A secret of the private key: SHA-256 of its exponent, or another where the exponent cannot be read.</param>
    /// <param name="ciphertext">The ciphertext, as long as the modulus.</param>
    public static Secret Unpad(Secret padded, ReadOnlySpan<byte> rejectionKey, ReadOnlySpan<byte> ciphertext)
    {
        using var key = new Secret(SHA256.HashSizeInBytes);
        HMACSHA256.HashData(rejectionKey, ciphertext, key.Span);
        using var synthetic = Derive(key, "message"u8, padded.Length);
        using var lengths = Derive(key, "length"u8, 2 * Candidates);
        var syntheticStart = padded.Length - SyntheticLength(lengths.Span, padded.Length - 2 - MinPadding);
        var realStart = FindMessage(padded.Span, out var good);
        var start = ConstantTime.Select(good, realStart, syntheticStart);
        for (var i = 0; i < padded.Length; i++)
            synthetic.Span[i] = (byte)ConstantTime.Select(good, padded.Span[i], synthetic.Span[i]);
        return Secret.From(synthetic.Span[start..]);
    }

    private static int FindMessage(ReadOnlySpan<byte> padded, out int good)
    {
        good = ConstantTime.IsZero(padded[0]) & ConstantTime.AreEqual(padded[1], 2);
        var searching = -1;
        var zero = 0;
        for (var i = 2; i < padded.Length; i++)
        {
            var isZero = ConstantTime.IsZero(padded[i]);
            zero = ConstantTime.Select(searching & isZero, i, zero);
            searching &= ~isZero;
        }

        good &= ~ConstantTime.IsLess(zero, 2 + MinPadding);
        return zero + 1;
    }

    // The last candidate below the limit, after all its bits above those of the limit are cleared.
    private static int SyntheticLength(ReadOnlySpan<byte> candidates, int limit)
    {
        var mask = (1 << (32 - System.Numerics.BitOperations.LeadingZeroCount((uint)limit))) - 1;
        var length = 0;
        for (var i = 0; i < candidates.Length; i += 2)
        {
            var candidate = BinaryPrimitives.ReadUInt16BigEndian(candidates[i..]) & mask;
            length = ConstantTime.Select(ConstantTime.IsLess(candidate, limit), candidate, length);
        }

        return length;
    }

    // HMAC(key, counter || label || length in bits), the counter and the length in two octets.
    private static Secret Derive(Secret key, ReadOnlySpan<byte> label, int length)
    {
        var derived = new Secret(length);
        using var block = new Secret(SHA256.HashSizeInBytes);
        Span<byte> input = stackalloc byte[label.Length + 4];
        label.CopyTo(input[2..]);
        BinaryPrimitives.WriteUInt16BigEndian(input[^2..], (ushort)(length * 8));
        for (int done = 0, i = 0; done < length; done += block.Length, i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(input, (ushort)i);
            HMACSHA256.HashData(key.Span, input, block.Span);
            block.Span[..Math.Min(block.Length, length - done)].CopyTo(derived.Span[done..]);
        }

        return derived;
    }
}
