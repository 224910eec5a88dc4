namespace CkiSdk.Crypto;

/// <summary>Creates and imports private and secret keys; what it returns belongs to the caller, who disposes it.</summary>
public interface IKeyFactory
{
    /// <summary>Creates a signing key.</summary>
    /// <param name="algorithm">The kind of key.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key.</returns>
    ValueTask<ISigningKey> CreateSigningKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default);

    /// <summary>Creates an RSA key that receives protected keys.</summary>
    /// <param name="algorithm">One of the RSA kinds.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not RSA.</exception>
    ValueTask<IDecryptionKey> CreateDecryptionKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default);

    /// <summary>Creates an elliptic-curve key that receives protected keys.</summary>
    /// <param name="algorithm">One of the elliptic-curve kinds.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not an elliptic curve.</exception>
    ValueTask<IKeyAgreementKey> CreateKeyAgreementKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default);

    /// <summary>Creates a Diffie-Hellman key with a random exponent.</summary>
    /// <param name="group">The group.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key.</returns>
    ValueTask<IDhKey> CreateDhKeyAsync(DhGroup group, CancellationToken cancellationToken = default);

    /// <summary>Creates a symmetric key of 32 random octets.</summary>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key.</returns>
    ValueTask<ISecretKey> CreateSecretKeyAsync(CancellationToken cancellationToken = default);

    /// <summary>Imports a signing key: RSA of at least 2048 bits, P-256, P-384, P-521 or Ed25519.</summary>
    /// <param name="pkcs8">The DER of an unencrypted PrivateKeyInfo (RFC 5958 §2); it stays the caller's.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key.</returns>
    /// <exception cref="CryptoProviderException">The octets are no such key.</exception>
    ValueTask<ISigningKey> ImportSigningKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default);

    /// <summary>Imports an RSA key of at least 2048 bits that receives protected keys.</summary>
    /// <param name="pkcs8">The DER of an unencrypted PrivateKeyInfo; it stays the caller's.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key.</returns>
    /// <exception cref="CryptoProviderException">The octets are no such key.</exception>
    ValueTask<IDecryptionKey> ImportDecryptionKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default);

    /// <summary>Imports a P-256, P-384 or P-521 key that receives protected keys.</summary>
    /// <param name="pkcs8">The DER of an unencrypted PrivateKeyInfo; it stays the caller's.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key.</returns>
    /// <exception cref="CryptoProviderException">The octets are no such key.</exception>
    ValueTask<IKeyAgreementKey> ImportKeyAgreementKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default);

    /// <summary>Imports a Diffie-Hellman private exponent and computes its public value.</summary>
    /// <param name="group">The group.</param>
    /// <param name="exponent">x, big-endian, 1 ≤ x &lt; q; copied.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key.</returns>
    /// <exception cref="CryptoProviderException">The exponent is out of range.</exception>
    ValueTask<IDhKey> ImportDhKeyAsync(DhGroup group, Secret exponent, CancellationToken cancellationToken = default);

    /// <summary>Imports a symmetric key of at least 32 octets.</summary>
    /// <param name="octets">The key; copied.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key.</returns>
    /// <exception cref="CryptoProviderException">The key is shorter than 32 octets.</exception>
    ValueTask<ISecretKey> ImportSecretKeyAsync(Secret octets, CancellationToken cancellationToken = default);
}
