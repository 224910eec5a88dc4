using System.Text;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Pkcs11;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Cli.Pki;

/// <summary>Is the key of a new authority, and what its folder keeps of it: the key itself, or the URI of a key in a token.</summary>
/// <param name="Key">The key.</param>
/// <param name="Kept">The content of the file ca.key.</param>
internal sealed record AuthorityKey(ISigningKey Key, Secret Kept) : IDisposable
{
    /// <summary>Makes a key, or opens one that exists.</summary>
    /// <param name="text">The kind, the file or the URI.</param>
    /// <param name="access">What opens keys; its password encrypts the key in the folder.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="Invocation.CommandException">There is no such kind or key.</exception>
    public static async Task<AuthorityKey> OpenAsync(string text, KeyAccess access, CancellationToken cancellationToken)
    {
        if (Pkcs11Uri.IsUri(text))
        {
            return new AuthorityKey(await access.OpenSigningKeyAsync(text, cancellationToken).ConfigureAwait(false), Secret.From(Encoding.ASCII.GetBytes(access.UriWithModule(text) + "\n")));
        }

        if (!KeyKinds.IsKind(text))
        {
            using var read = await PkiKeys.ReadAsync(text, access.Password, cancellationToken).ConfigureAwait(false);
            var key = await PkiKeys.ForUseAsync(text, () => read.ImportSigningKeyAsync(CryptoProviders.Software.Keys, cancellationToken)).ConfigureAwait(false);
            return new AuthorityKey(key, Pem(read.Pkcs8!, access.Password));
        }

        using var pkcs8 = KeyKinds.GenerateForSignatures(text);
        return new AuthorityKey(await CryptoProviders.Software.Keys.ImportSigningKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false), Pem(pkcs8, access.Password));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Key.Dispose();
        Kept.Dispose();
    }

    private static Secret Pem(Secret pkcs8, Secret? password) => password is null
        ? KeyWriter.ToPem(KeyWriter.LabelOf(KeyForm.Pkcs8), pkcs8.Span)
        : KeyWriter.ToPem(KeyWriter.LabelOf(KeyForm.EncryptedPkcs8), KeyWriter.Encrypt(pkcs8, password, CryptoProviders.Software.Random, KeyProtection.Default));
}
