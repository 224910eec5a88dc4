using System.Security.Cryptography;
using CkiSdk.Cli.Asn1;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Cli.Pki;

/// <summary>Opens the keys that the command line names.</summary>
internal static class PkiKeys
{
    /// <summary>Opens a private key that signs.</summary>
    /// <param name="file">The file; <c>-</c> for the standard input.</param>
    /// <param name="password">Its password; null for none.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CommandException">The file holds no such key.</exception>
    public static async Task<ISigningKey> OpenSigningKeyAsync(string file, Secret? password, CancellationToken cancellationToken)
    {
        _ = password;
        var octets = await ValueFile.ReadEncodingAsync(file, cancellationToken).ConfigureAwait(false);
        try
        {
            using var pkcs8 = Secret.From(octets);
            return await CryptoProviders.Software.Keys.ImportSigningKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false);
        }
        catch (CryptoProviderException exception)
        {
            throw new CommandException(ExitCodes.CheckFailed, $"{file}: {exception.Message}", exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }
    }
}
