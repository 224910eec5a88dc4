namespace CkiSdk.Crypto;

/// <summary>Opens the private keys of one place by their names; a program registers its own with <see cref="KeyProviders"/>.</summary>
public interface IKeyProvider
{
    /// <summary>Opens a key that signs.</summary>
    /// <param name="name">The key's name at this place.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, which the caller disposes; <see langword="null"/> if there is none of this name and use.</returns>
    /// <exception cref="CryptoProviderException">The place cannot be reached, or refused.</exception>
    ValueTask<ISigningKey?> OpenSigningKeyAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Opens an RSA key that decrypts.</summary>
    /// <param name="name">The key's name at this place.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, which the caller disposes; <see langword="null"/> if there is none of this name and use.</returns>
    /// <exception cref="CryptoProviderException">The place cannot be reached, or refused.</exception>
    ValueTask<IDecryptionKey?> OpenDecryptionKeyAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Opens an elliptic-curve key that agrees.</summary>
    /// <param name="name">The key's name at this place.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, which the caller disposes; <see langword="null"/> if there is none of this name and use.</returns>
    /// <exception cref="CryptoProviderException">The place cannot be reached, or refused.</exception>
    ValueTask<IKeyAgreementKey?> OpenKeyAgreementKeyAsync(string name, CancellationToken cancellationToken = default);
}
