using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Wraps keys: RFC 5649 by the framework, RFC 3394 over the framework's AES block.</summary>
internal sealed class AesKeyWrap : IKeyWrap
{
    private const int Semiblock = 8;
    private const ulong InitialValue = 0xA6A6A6A6A6A6A6A6; // RFC 3394 §2.2.3.1

    /// <inheritdoc/>
    public byte[] Wrap(Secret wrappingKey, Secret key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length < 2 * Semiblock || key.Length % Semiblock != 0)
            throw new ArgumentException("The key must be a multiple of 8 octets, at least 16.", nameof(key));
        using var aes = Open(wrappingKey);
        using var block = new Secret(2 * Semiblock);
        var wrapped = new byte[key.Length + Semiblock];
        key.Span.CopyTo(wrapped.AsSpan(Semiblock));
        BinaryPrimitives.WriteUInt64BigEndian(block.Span, InitialValue);
        var count = key.Length / Semiblock;
        for (var step = 1; step <= 6 * count; step++)
        {
            var register = wrapped.AsSpan(Semiblock * (1 + ((step - 1) % count)), Semiblock);
            register.CopyTo(block.Span[Semiblock..]);
            aes.EncryptEcb(block.Span, block.Span, PaddingMode.None);
            XorStep(block.Span, step);
            block.Span[Semiblock..].CopyTo(register);
        }

        block.Span[..Semiblock].CopyTo(wrapped);
        return wrapped;
    }

    /// <inheritdoc/>
    public Secret? Unwrap(Secret wrappingKey, ReadOnlySpan<byte> wrapped)
    {
        using var aes = Open(wrappingKey);
        if (wrapped.Length < 3 * Semiblock || wrapped.Length % Semiblock != 0)
            return null;
        using var block = new Secret(2 * Semiblock);
        var key = Secret.From(wrapped[Semiblock..]);
        wrapped[..Semiblock].CopyTo(block.Span);
        var count = key.Length / Semiblock;
        for (var step = 6 * count; step >= 1; step--)
        {
            var register = key.Span.Slice(Semiblock * ((step - 1) % count), Semiblock);
            register.CopyTo(block.Span[Semiblock..]);
            XorStep(block.Span, step);
            aes.DecryptEcb(block.Span, block.Span, PaddingMode.None);
            block.Span[Semiblock..].CopyTo(register);
        }

        Span<byte> expected = stackalloc byte[Semiblock];
        BinaryPrimitives.WriteUInt64BigEndian(expected, InitialValue);
        if (CryptographicOperations.FixedTimeEquals(block.Span[..Semiblock], expected))
            return key;
        key.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public byte[] WrapPadded(Secret wrappingKey, Secret octets)
    {
        ArgumentNullException.ThrowIfNull(octets);
        if (octets.Length == 0)
            throw new ArgumentException("There is nothing to wrap.", nameof(octets));
        using var aes = Open(wrappingKey);
        return aes.EncryptKeyWrapPadded(octets.Span);
    }

    /// <inheritdoc/>
    public Secret? UnwrapPadded(Secret wrappingKey, ReadOnlySpan<byte> wrapped)
    {
        using var aes = Open(wrappingKey);
        if (wrapped.Length < 2 * Semiblock || wrapped.Length % Semiblock != 0)
            return null;
        using var buffer = new Secret(wrapped.Length);
        try
        {
            return aes.TryDecryptKeyWrapPadded(wrapped, buffer.Span, out var length) ? Secret.From(buffer.Span[..length]) : null;
        }
        catch (CryptographicException)
        {
            return null; // the integrity check failed: no reason is given
        }
    }

    private static void XorStep(Span<byte> block, int step) => // RFC 3394 §2.2.1: A = MSB(64, B) ^ t
        BinaryPrimitives.WriteUInt64BigEndian(block, BinaryPrimitives.ReadUInt64BigEndian(block) ^ (ulong)step);

    private static Aes Open(Secret wrappingKey)
    {
        ArgumentNullException.ThrowIfNull(wrappingKey);
        if (wrappingKey.Length is not (16 or 24 or 32))
            throw new ArgumentException("An AES key has 16, 24 or 32 octets.", nameof(wrappingKey));
        var aes = Aes.Create();
        aes.SetKey(wrappingKey.Span);
        return aes;
    }
}
