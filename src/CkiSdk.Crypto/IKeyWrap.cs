namespace CkiSdk.Crypto;

/// <summary>Wraps keys by AES key-encryption keys of 128, 192 or 256 bits.</summary>
public interface IKeyWrap
{
    /// <summary>Wraps a key of a multiple of 8 octets, at least 16 (id-aes128-wrap, id-aes192-wrap, id-aes256-wrap; RFC 3394 §2.2.1).</summary>
    /// <param name="wrappingKey">16, 24 or 32 octets.</param>
    /// <param name="key">The key to wrap.</param>
    /// <returns>The wrapped key, 8 octets longer.</returns>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    byte[] Wrap(Secret wrappingKey, Secret key);

    /// <summary>Unwraps a key and checks it (RFC 3394 §2.2.2).</summary>
    /// <param name="wrappingKey">16, 24 or 32 octets.</param>
    /// <param name="wrapped">The wrapped key.</param>
    /// <returns>The key, or <see langword="null"/> if it does not unwrap.</returns>
    /// <exception cref="ArgumentException">The wrapping key's length is wrong.</exception>
    Secret? Unwrap(Secret wrappingKey, ReadOnlySpan<byte> wrapped);

    /// <summary>Wraps octets of any length but zero (id-aes256-wrap-pad; RFC 5649 §4.1).</summary>
    /// <param name="wrappingKey">16, 24 or 32 octets.</param>
    /// <param name="octets">What to wrap, such as the DER of a private key.</param>
    /// <returns>The wrapped octets.</returns>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    byte[] WrapPadded(Secret wrappingKey, Secret octets);

    /// <summary>Unwraps octets and checks them (RFC 5649 §4.2).</summary>
    /// <param name="wrappingKey">16, 24 or 32 octets.</param>
    /// <param name="wrapped">The wrapped octets.</param>
    /// <returns>The octets, or <see langword="null"/> if they do not unwrap.</returns>
    /// <exception cref="ArgumentException">The wrapping key's length is wrong.</exception>
    Secret? UnwrapPadded(Secret wrappingKey, ReadOnlySpan<byte> wrapped);
}
