namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Opens the keys of one token by their names, for <see cref="KeyProviders"/>: <c>providers.With("token", new Pkcs11KeyProvider(token))</c>.</summary>
/// <param name="token">The token; it stays the caller's.</param>
public sealed class Pkcs11KeyProvider(Pkcs11Token token) : IKeyProvider
{
    /// <inheritdoc/>
    public async ValueTask<ISigningKey?> OpenSigningKeyAsync(string name, CancellationToken cancellationToken = default) =>
        await OrNothingAsync(token.OpenSigningKeyAsync(UriOf(name), cancellationToken)).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<IDecryptionKey?> OpenDecryptionKeyAsync(string name, CancellationToken cancellationToken = default) =>
        await OrNothingAsync(token.OpenDecryptionKeyAsync(UriOf(name), cancellationToken)).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<IKeyAgreementKey?> OpenKeyAgreementKeyAsync(string name, CancellationToken cancellationToken = default) =>
        await OrNothingAsync(token.OpenKeyAgreementKeyAsync(UriOf(name), cancellationToken)).ConfigureAwait(false);

    private static async Task<T?> OrNothingAsync<T>(Task<T> opening)
        where T : class
    {
        try
        {
            return await opening.ConfigureAwait(false);
        }
        catch (CryptoProviderException exception) when (exception.Code == CryptoError.KeyNotFound)
        {
            return null;
        }
    }

    // A whole URI, its attributes alone as in KeyLocation.Name, or a label.
    private static Pkcs11Uri UriOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Pkcs11Uri.IsUri(name))
            return Pkcs11Uri.Parse(name);
        return name.Contains('=', StringComparison.Ordinal) ? Pkcs11Uri.Parse("pkcs11:" + name) : new Pkcs11Uri { Object = name };
    }
}
