using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Pkcs11;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Pki;

/// <summary>Opens private keys in files and in tokens with the password, the PIN and the module of a command line.</summary>
/// <param name="module">The token's library; null for that of the URI or of the environment.</param>
/// <param name="password">The password of a file, and the PIN where none is given; null for none.</param>
/// <param name="pin">The PIN; null for none.</param>
internal sealed class KeyAccess(string? module, Secret? password, Secret? pin) : IDisposable
{
    /// <summary>Gets the password, which stays this object's; null for none.</summary>
    public Secret? Password => password;

    /// <summary>Opens a key that signs.</summary>
    /// <param name="place">The file, <c>-</c> for the standard input, or the URI of a key in a token.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CommandException">There is no such key, or password or PIN are wrong.</exception>
    public async Task<ISigningKey> OpenSigningKeyAsync(string place, CancellationToken cancellationToken)
    {
        if (!Pkcs11Uri.IsUri(place))
        {
            return await PkiKeys.OpenSigningKeyAsync(place, password, cancellationToken).ConfigureAwait(false);
        }

        var uri = TokenKeys.RequireObject(UriOf(place));
        using var token = await OpenTokenAsync(uri, cancellationToken).ConfigureAwait(false);
        return await token.OpenSigningKeyAsync(uri, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the private key that belongs to a certificate and opens messages.</summary>
    /// <param name="place">The file, <c>-</c> for the standard input, or the URI of a key in a token.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CommandException">There is no such key, it is that of another certificate, or password or PIN are wrong.</exception>
    public async Task<RecipientKeys> OpenRecipientAsync(string place, Certificate certificate, CancellationToken cancellationToken)
    {
        if (!Pkcs11Uri.IsUri(place))
        {
            return await RecipientKeys.OpenAsync(place, password, certificate, cancellationToken).ConfigureAwait(false);
        }

        var uri = TokenKeys.RequireObject(UriOf(place));
        using var token = await OpenTokenAsync(uri, cancellationToken).ConfigureAwait(false);
        return await RecipientKeys.OpenAsync(token, uri, certificate, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads certificates.</summary>
    /// <param name="place">The file, <c>-</c> for the standard input, or the URI of a certificate in a token; null for the one beside the key.</param>
    /// <param name="key">Where the key is.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The certificate and those behind it, at least one.</returns>
    /// <exception cref="CommandException">There is none, or the PIN is wrong.</exception>
    public async Task<List<Certificate>> CertificatesAsync(string? place, string key, CancellationToken cancellationToken)
    {
        var where = place ?? (Pkcs11Uri.IsUri(key) ? key : throw CommandException.Usage("--cert FILE is missing: the certificate of the key."));
        if (!Pkcs11Uri.IsUri(where))
        {
            return await PkiInputs.CertificatesAsync([where], cancellationToken).ConfigureAwait(false);
        }

        var uri = TokenKeys.RequireObject(UriOf(where));
        using var token = await OpenTokenAsync(uri, cancellationToken).ConfigureAwait(false);
        return [await TokenKeys.FindCertificateAsync(token, uri, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>Writes the URI of a key in a token with the module that opens it.</summary>
    /// <param name="place">The URI.</param>
    /// <exception cref="CommandException">It is none, or no module is named.</exception>
    public string UriWithModule(string place) => UriOf(place).ToString();

    /// <inheritdoc/>
    public void Dispose()
    {
        password?.Dispose();
        pin?.Dispose();
    }

    private Pkcs11Uri UriOf(string place) => TokenOptions.WithModule(TokenOptions.Parse(place), module);

    private async Task<Pkcs11Token> OpenTokenAsync(Pkcs11Uri uri, CancellationToken cancellationToken)
    {
        // The password of a file is no guess at a PIN where the PIN is named.
        using var secret = pin?.Copy() ?? await TokenKeys.PinOfUriAsync(uri, cancellationToken).ConfigureAwait(false) ?? password?.Copy();
        return await TokenKeys.OpenTokenAsync(uri, secret, cancellationToken).ConfigureAwait(false);
    }
}
