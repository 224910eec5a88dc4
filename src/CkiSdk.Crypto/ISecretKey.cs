namespace CkiSdk.Crypto;

/// <summary>Derives keys from a symmetric key that may lie in a token.</summary>
public interface ISecretKey : ILocatedKey
{
    /// <summary>Computes HKDF-Expand-SHA-256 with the key as PRK (RFC 5869 §2.3).</summary>
    /// <param name="context">The info: the DER of a typed SEQUENCE, never bare strings side by side.</param>
    /// <param name="length">The length in octets, 1 to 8160.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The derived octets.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    /// <exception cref="CryptoProviderException">The device failed.</exception>
    ValueTask<Secret> DeriveAsync(ReadOnlyMemory<byte> context, int length, CancellationToken cancellationToken = default);

    /// <summary>Does what <see cref="DeriveAsync"/> does at once and into memory of the caller, where it can: where the key lies in this process.</summary>
    /// <param name="context">The info, as there.</param>
    /// <param name="derived">Where the derived octets go, 1 to 8160; the caller zeroes them.</param>
    /// <returns><see langword="false"/> where it cannot be done at once, as where a device has to be asked; nothing is checked or written then.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    bool TryDerive(ReadOnlySpan<byte> context, Span<byte> derived) => false;
}
