using System.Collections.Immutable;

namespace CkiSdk.Crypto;

/// <summary>Knows which provider opens the keys of which place; more are registered at run time by <see cref="With"/>.</summary>
public sealed class KeyProviders
{
    private readonly ImmutableDictionary<string, IKeyProvider> _providers;

    private KeyProviders(ImmutableDictionary<string, IKeyProvider> providers) => _providers = providers;

    /// <summary>Gets the value that knows none.</summary>
    public static KeyProviders None { get; } = new(ImmutableDictionary<string, IKeyProvider>.Empty.WithComparers(StringComparer.Ordinal));

    /// <summary>Gets the places that are known, in order.</summary>
    public IEnumerable<string> Places => _providers.Keys.Order(StringComparer.Ordinal);

    /// <summary>Registers a provider, in place of an earlier one of the same name.</summary>
    /// <param name="place">The name by which <see cref="KeyLocation.Place"/> calls it.</param>
    /// <param name="provider">The provider.</param>
    /// <returns>The larger value; this one stays as it is.</returns>
    public KeyProviders With(string place, IKeyProvider provider)
    {
        ArgumentException.ThrowIfNullOrEmpty(place);
        ArgumentNullException.ThrowIfNull(provider);
        return new KeyProviders(_providers.SetItem(place, provider));
    }

    /// <summary>Opens a key that signs.</summary>
    /// <param name="location">Where it lives.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CryptoProviderException">Place or key is unknown, or the provider failed.</exception>
    public async ValueTask<ISigningKey> OpenSigningKeyAsync(KeyLocation location, CancellationToken cancellationToken = default) =>
        await At(location).OpenSigningKeyAsync(location.Name ?? "", cancellationToken).ConfigureAwait(false) ?? throw Unknown(location, "signs");

    /// <summary>Opens an RSA key that decrypts.</summary>
    /// <param name="location">Where it lives.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CryptoProviderException">Place or key is unknown, or the provider failed.</exception>
    public async ValueTask<IDecryptionKey> OpenDecryptionKeyAsync(KeyLocation location, CancellationToken cancellationToken = default) =>
        await At(location).OpenDecryptionKeyAsync(location.Name ?? "", cancellationToken).ConfigureAwait(false) ?? throw Unknown(location, "decrypts");

    /// <summary>Opens an elliptic-curve key that agrees.</summary>
    /// <param name="location">Where it lives.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CryptoProviderException">Place or key is unknown, or the provider failed.</exception>
    public async ValueTask<IKeyAgreementKey> OpenKeyAgreementKeyAsync(KeyLocation location, CancellationToken cancellationToken = default) =>
        await At(location).OpenKeyAgreementKeyAsync(location.Name ?? "", cancellationToken).ConfigureAwait(false) ?? throw Unknown(location, "agrees");

    private static CryptoProviderException Unknown(KeyLocation location, string does) =>
        new(CryptoError.InvalidKey, $"There is no key at {location} that {does}.");

    private IKeyProvider At(KeyLocation location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return _providers.TryGetValue(location.Place, out var provider)
            ? provider
            : throw new CryptoProviderException(CryptoError.UnsupportedKey, $"No provider is registered for keys at '{location.Place}'.");
    }
}
