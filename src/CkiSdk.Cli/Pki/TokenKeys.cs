using System.Security.Cryptography;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Pkcs11;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Cli.Pki;

/// <summary>Opens tokens and the keys in them by URIs. A key keeps its token open until it is disposed.</summary>
internal static class TokenKeys
{
    /// <summary>Opens a key that signs.</summary>
    /// <param name="uri">Module, token and key.</param>
    /// <param name="pin">The PIN, which stays the caller's; null for a token that needs none or has a keypad.</param>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CommandException">The PIN is wrong, or the URI names no key.</exception>
    /// <exception cref="CryptoProviderException">The token or the key is not there, or failed.</exception>
    public static async Task<ISigningKey> OpenSigningKeyAsync(Pkcs11Uri uri, Secret? pin, CancellationToken cancellationToken)
    {
        using var token = await OpenTokenAsync(RequireObject(uri), pin, cancellationToken).ConfigureAwait(false);
        return await token.OpenSigningKeyAsync(uri, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a key that signs by the URI in an option such as <c>--key</c>.</summary>
    /// <param name="text">The URI.</param>
    /// <param name="password">The PIN, which stays the caller's; null for the one of the URI's pin-source.</param>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CommandException">The URI is none, its module or the PIN is not named, or the PIN is wrong.</exception>
    /// <exception cref="CryptoProviderException">The token or the key is not there, or failed.</exception>
    public static async Task<ISigningKey> OpenSigningKeyAsync(string text, Secret? password, CancellationToken cancellationToken)
    {
        var uri = TokenOptions.WithModule(TokenOptions.Parse(text), module: null);
        using var pin = password?.Copy() ?? await PinOfUriAsync(uri, cancellationToken).ConfigureAwait(false);
        return await OpenSigningKeyAsync(uri, pin, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a token, and logs in where a PIN is given or the device asks for it itself.</summary>
    /// <param name="uri">Module and token.</param>
    /// <param name="pin">The PIN, which stays the caller's; null for none.</param>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <returns>The token, which the caller disposes.</returns>
    /// <exception cref="CommandException">The PIN is wrong.</exception>
    /// <exception cref="CryptoProviderException">The token is not there, or failed.</exception>
    public static async Task<Pkcs11Token> OpenTokenAsync(Pkcs11Uri uri, Secret? pin, CancellationToken cancellationToken)
    {
        using var module = Pkcs11Module.Load(uri.ModulePath!, CryptoProviders.Software);
        var token = module.OpenToken(uri);
        try
        {
            var flags = (await token.DescribeAsync(cancellationToken).ConfigureAwait(false)).Flags;
            if (pin is null && !flags.HasFlag(Pkcs11SlotFlags.ProtectedAuthenticationPath))
            {
                return token;
            }

            return await token.LoginAsync(pin, cancellationToken).ConfigureAwait(false)
                ? token
                : throw new CommandException(ExitCodes.Rejected, $"The token {uri.Token ?? uri.Serial} refused the PIN. It was tried once.");
        }
        catch
        {
            token.Dispose();
            throw;
        }
    }

    /// <summary>Reads the PIN from the file that a URI names (pin-source).</summary>
    /// <param name="uri">The URI.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The PIN, which the caller disposes; null if the URI names none.</returns>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public static async Task<Secret?> PinOfUriAsync(Pkcs11Uri uri, CancellationToken cancellationToken)
    {
        if (uri.PinSource is not { } source)
        {
            return null;
        }

        var path = source.StartsWith("file://", StringComparison.Ordinal) ? source[7..] : source.StartsWith("file:", StringComparison.Ordinal) ? source[5..] : source;
        var octets = await ValueFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        var end = octets.AsSpan().IndexOfAny((byte)'\r', (byte)'\n');
        var pin = Secret.From(octets.AsSpan(0, end < 0 ? octets.Length : end));
        CryptographicOperations.ZeroMemory(octets);
        return pin;
    }

    private static Pkcs11Uri RequireObject(Pkcs11Uri uri) => uri.NamesObject
        ? uri
        : throw CommandException.Usage("The key in the token is missing: --label, or object or id in the URI.");
}
