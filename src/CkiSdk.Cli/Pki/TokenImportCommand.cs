using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Pkcs11;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki token import</c>: puts a key, its certificate or both into a token.</summary>
internal static class TokenImportCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var key = new Option<string?>("--key") { Description = "The file with the private key, PEM or DER; with --use secret the octets of a symmetric key.", HelpName = "FILE" };
        var certificate = new Option<string?>("--cert") { Description = "The file with the certificate, PEM or DER.", HelpName = "FILE" };
        var id = new Option<string?>("--id") { Description = "The identifier that key and certificate share, in hexadecimal digits; default: random, or that of the certificate's key.", HelpName = "HEX" };
        var use = new Option<string>("--use") { Description = "What the key is for: sign, decrypt (RSA), agree (elliptic curves, Diffie-Hellman), any (all that the key can, as 'cki pki exchange' needs), or secret.", DefaultValueFactory = _ => "sign" };
        use.AcceptOnlyFromAmong("sign", "decrypt", "agree", "any", "secret");
        var verb = new PkiVerb(
            "import",
            "Puts a private key, a symmetric key or a certificate into a token. Keys cannot be read out again.",
            "cki pki token import --module /usr/lib/softhsm/libsofthsm2.so --token cki --pin-env PIN --label cma --key cma.key --cert cma.pem")
        {
            key, certificate, id, use,
        };
        var options = new TokenOptions().AddTo(verb);
        var password = SecretOptions.Password().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var label = options.Label(parsed) ?? throw CommandException.Usage("--label LABEL is missing: the name of what is imported.");
            var (keyFile, certificateFile) = (parsed.GetValue(key), parsed.GetValue(certificate));
            if (keyFile is null && certificateFile is null)
            {
                throw CommandException.Usage("Nothing to import: name a file with --key, --cert or both.");
            }

            var uri = options.TokenUri(parsed);
            using var pin = await options.PinAsync(parsed, uri, cancellationToken).ConfigureAwait(false);
            using var keyPassword = await password.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            using var token = await TokenKeys.OpenTokenAsync(uri, pin, cancellationToken).ConfigureAwait(false);
            var result = new PkiListing();
            if (keyFile is not null)
            {
                var factory = token.PersistentKeys(label, Id(parsed.GetValue(id)), forAnyUse: parsed.GetValue(use) == "any");
                await ImportAsync(factory, keyFile, parsed.GetValue(use)!, keyPassword, cancellationToken).ConfigureAwait(false);
                Add(result, (await token.ListKeysAsync(cancellationToken).ConfigureAwait(false)).First(entry => entry.Label == label).Uri);
            }

            if (certificateFile is not null)
            {
                var der = await ValueFile.ReadEncodingAsync(certificateFile, cancellationToken).ConfigureAwait(false);
                Add(result, await token.ImportCertificateAsync(label, Id(parsed.GetValue(id)), der, cancellationToken).ConfigureAwait(false));
            }

            return result.ToResult();
        });
    }

    private static void Add(PkiListing result, Pkcs11Uri uri) => result.Add("imported", new JsonObject { ["type"] = uri.Type, ["uri"] = uri.ToString() }, $"imported {uri}");

    private static async Task ImportAsync(Pkcs11KeyFactory factory, string file, string use, Secret? password, CancellationToken cancellationToken)
    {
        if (use == "secret")
        {
            using var octets = await ReadSecretAsync(file, cancellationToken).ConfigureAwait(false);
            using var secret = await factory.ImportSecretKeyAsync(octets, cancellationToken).ConfigureAwait(false);
            return;
        }

        using var parsed = await PkiKeys.ReadAsync(file, password, cancellationToken).ConfigureAwait(false);
        using var key = await PkiKeys.ForUseAsync<IDisposable>(file, async () => use switch
        {
            "sign" => await parsed.ImportSigningKeyAsync(factory, cancellationToken).ConfigureAwait(false),
            "any" when parsed.Description.Kind != KeyKind.DiffieHellman => await parsed.ImportSigningKeyAsync(factory, cancellationToken).ConfigureAwait(false),
            "decrypt" => await parsed.ImportDecryptionKeyAsync(factory, cancellationToken).ConfigureAwait(false),
            _ when parsed.Description.Kind == KeyKind.DiffieHellman => await parsed.ImportDhKeyAsync(factory, DhGroups.Named, cancellationToken).ConfigureAwait(false),
            _ => await parsed.ImportKeyAgreementKeyAsync(factory, cancellationToken).ConfigureAwait(false),
        }).ConfigureAwait(false);
    }

    private static async Task<Secret> ReadSecretAsync(string file, CancellationToken cancellationToken)
    {
        var octets = await ValueFile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        var secret = Secret.From(octets);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(octets);
        return secret;
    }

    private static byte[] Id(string? digits)
    {
        try
        {
            return digits is null ? [] : Convert.FromHexString(digits);
        }
        catch (FormatException exception)
        {
            throw CommandException.Usage($"--id: '{digits}' is no even number of hexadecimal digits.", exception);
        }
    }
}
