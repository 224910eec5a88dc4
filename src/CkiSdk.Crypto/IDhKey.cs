namespace CkiSdk.Crypto;

/// <summary>Agrees on secrets with a finite-field Diffie-Hellman private key that may lie in a token.</summary>
public interface IDhKey : ILocatedKey
{
    /// <summary>Gets the group.</summary>
    DhGroup Group { get; }

    /// <summary>Gets y = g^x mod p, big-endian, left-padded to the length of p.</summary>
    ReadOnlyMemory<byte> PublicValue { get; }

    /// <summary>Computes Z = y^x mod p, big-endian, left-padded to the length of p.</summary>
    /// <param name="peerPublicValue">The peer's y, big-endian; checked here.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>Z; derive a key from it before use.</returns>
    /// <exception cref="CryptoProviderException">The peer's value is not in the subgroup, or the device failed.</exception>
    ValueTask<Secret> AgreeAsync(ReadOnlyMemory<byte> peerPublicValue, CancellationToken cancellationToken = default);
}
