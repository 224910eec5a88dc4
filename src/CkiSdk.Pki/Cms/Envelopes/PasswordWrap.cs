using System.Security.Cryptography;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Wraps a content's key by a key that was derived from a password: twice AES-CBC over a block with check octets (RFC 3211 §2.3).</summary>
internal static class PasswordWrap
{
    private const int Block = 16;
    private const int Overhead = 4; // length and three check octets

    /// <summary>Wraps.</summary>
    public static byte[] Wrap(Secret wrappingKey, ReadOnlySpan<byte> nonce, Secret contentKey, IRandomSource random)
    {
        var length = Math.Max(2 * Block, (contentKey.Length + Overhead + Block - 1) / Block * Block);
        using var formatted = Secret.Random(length, random);
        formatted.Span[0] = (byte)contentKey.Length;
        for (var i = 0; i < 3; i++)
            formatted.Span[1 + i] = (byte)~contentKey.Span[i];
        contentKey.Span.CopyTo(formatted.Span[Overhead..]);
        using var aes = Open(wrappingKey);
        var once = aes.EncryptCbc(formatted.Span, nonce, PaddingMode.None);
        return aes.EncryptCbc(once, once.AsSpan(once.Length - Block), PaddingMode.None);
    }

    /// <summary>Unwraps; null, without any reason, if the check octets are wrong.</summary>
    public static Secret? Unwrap(Secret wrappingKey, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length < 2 * Block || wrapped.Length % Block != 0 || wrapped.Length > 256)
            return null;
        using var aes = Open(wrappingKey);
        using var once = new Secret(wrapped.Length);
        using var formatted = new Secret(wrapped.Length);

        // The last block comes first: its decryption, with the block before it, is the initialisation vector of the rest.
        aes.DecryptCbc(wrapped[^Block..], wrapped[^(2 * Block)..^Block], once.Span[^Block..], PaddingMode.None);
        aes.DecryptCbc(wrapped[..^Block], once.Span[^Block..], once.Span[..^Block], PaddingMode.None);
        aes.DecryptCbc(once.Span, nonce, formatted.Span, PaddingMode.None);
        int length = formatted.Span[0];
        var wrong = 0;
        for (var i = 0; i < 3; i++)
            wrong |= formatted.Span[1 + i] ^ (byte)~formatted.Span[Overhead + i];
        return wrong == 0 && length >= Block && length <= formatted.Length - Overhead ? Secret.From(formatted.Span.Slice(Overhead, length)) : null;
    }

    private static Aes Open(Secret key)
    {
        var aes = Aes.Create();
        aes.SetKey(key.Span);
        return aes;
    }
}
