using System.Security.Cryptography;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Pkcs11;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Pki;

/// <summary>Opens tokens and the keys in them by URIs. A key keeps its token open until it is disposed.</summary>
internal static class TokenKeys
{
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
                : throw new CommandException(ExitCodes.Rejected, await RefusalAsync(token, uri, cancellationToken).ConfigureAwait(false));
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

    /// <summary>Finds the certificate that a URI names, or the one beside the key that it names: of the same identifier, else of the same label.</summary>
    /// <param name="token">The token.</param>
    /// <param name="uri">The URI.</param>
    /// <param name="cancellationToken">Gives up waiting for the device.</param>
    /// <exception cref="CommandException">There is none.</exception>
    public static async Task<Certificate> FindCertificateAsync(Pkcs11Token token, Pkcs11Uri uri, CancellationToken cancellationToken)
    {
        var certificates = await token.ListCertificatesAsync(cancellationToken).ConfigureAwait(false);
        var keys = await token.ListKeysAsync(cancellationToken).ConfigureAwait(false);
        var ids = keys.Where(key => Names(uri, key.Label, key.Id)).Select(key => key.Id).Append(uri.Id).Where(id => !id.IsEmpty).ToList();
        var found = certificates.FirstOrDefault(certificate => certificate.Label == uri.Object && ids.Exists(id => id.Span.SequenceEqual(certificate.Id.Span)))
            ?? certificates.FirstOrDefault(certificate => ids.Exists(id => id.Span.SequenceEqual(certificate.Id.Span)))
            ?? certificates.FirstOrDefault(certificate => Names(uri, certificate.Label, certificate.Id))
            ?? throw CommandException.NotFound($"The token holds no certificate {uri}; name a file by --cert.");
        return PkiInputs.Decode(found.Der, uri.ToString());
    }

    /// <summary>Requires that a URI names a key or a certificate.</summary>
    /// <param name="uri">The URI.</param>
    /// <exception cref="CommandException">It names a token only.</exception>
    public static Pkcs11Uri RequireObject(Pkcs11Uri uri) => uri.NamesObject
        ? uri
        : throw CommandException.Usage("The URI names no key: object or id is missing.");

    // Whoever tries again should know how near the token is to locking its PIN.
    private static async Task<string> RefusalAsync(Pkcs11Token token, Pkcs11Uri uri, CancellationToken cancellationToken)
    {
        var flags = (await token.DescribeAsync(cancellationToken).ConfigureAwait(false)).Flags;
        var warning = flags.HasFlag(Pkcs11SlotFlags.UserPinLocked) ? " The PIN is locked now."
            : flags.HasFlag(Pkcs11SlotFlags.UserPinFinalTry) ? " One more wrong PIN locks it."
            : flags.HasFlag(Pkcs11SlotFlags.UserPinCountLow) ? " The token counts wrong PINs, and locks at some number."
            : "";
        return $"The token {uri.Token ?? uri.Serial} refused the PIN. It was tried once.{warning}";
    }

    private static bool Names(Pkcs11Uri uri, string label, ReadOnlyMemory<byte> id) =>
        (uri.Object is null || uri.Object == label) && (uri.Id.IsEmpty || uri.Id.Span.SequenceEqual(id.Span));
}
