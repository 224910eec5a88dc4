using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Pki.Keys;

/// <summary>Reads and writes private keys as PEM "PRIVATE KEY" (RFC 7468 §10): unencrypted PKCS #8.</summary>
public static class PrivateKeyPem
{
    /// <summary>Reads a key that signs.</summary>
    /// <param name="pem">The text; the caller clears its own copy.</param>
    /// <param name="keys">What imports the key.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="FormatException">There is no such PEM in the text.</exception>
    /// <exception cref="CryptoProviderException">It is no signing key of the profile.</exception>
    public static async ValueTask<ISigningKey> ReadSigningKeyAsync(ReadOnlyMemory<char> pem, IKeyFactory keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        using var pkcs8 = Pkcs8.FromPem(pem.Span);
        return await keys.ImportSigningKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads an RSA key that receives protected keys.</summary>
    /// <param name="pem">The text; the caller clears its own copy.</param>
    /// <param name="keys">What imports the key.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="FormatException">There is no such PEM in the text.</exception>
    /// <exception cref="CryptoProviderException">It is no RSA key of the profile.</exception>
    public static async ValueTask<IDecryptionKey> ReadDecryptionKeyAsync(ReadOnlyMemory<char> pem, IKeyFactory keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        using var pkcs8 = Pkcs8.FromPem(pem.Span);
        return await keys.ImportDecryptionKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads an elliptic-curve key that receives protected keys.</summary>
    /// <param name="pem">The text; the caller clears its own copy.</param>
    /// <param name="keys">What imports the key.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="FormatException">There is no such PEM in the text.</exception>
    /// <exception cref="CryptoProviderException">It is no elliptic-curve key of the profile.</exception>
    public static async ValueTask<IKeyAgreementKey> ReadKeyAgreementKeyAsync(ReadOnlyMemory<char> pem, IKeyFactory keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        using var pkcs8 = Pkcs8.FromPem(pem.Span);
        return await keys.ImportKeyAgreementKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes a software key.</summary>
    /// <param name="key">The key: a software key that signs, decrypts or agrees.</param>
    /// <returns>The text, which is as secret as the key: write it where only its owner reads it, then clear the array.</returns>
    /// <exception cref="CryptoProviderException">The key does not leave where it lives.</exception>
    public static char[] Write(IDisposable key)
    {
        using var pkcs8 = key is IExportableKey exportable
            ? exportable.ExportPkcs8()
            : throw new CryptoProviderException(CryptoError.UnsupportedKey, "The key cannot be exported.");
        return Pkcs8.ToPem(pkcs8);
    }
}
