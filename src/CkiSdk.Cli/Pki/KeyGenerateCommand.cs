using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki key generate</c>.</summary>
internal static class KeyGenerateCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var kind = new Option<string>("--key") { Description = "The kind of key: rsa:3072, ec:P-256, ec:P-384, ec:P-521 or ed25519.", HelpName = "KIND", Required = true };
        var target = PkiOptions.Out(isRequired: true);
        var force = PkiOptions.Force();
        var verb = new PkiVerb("generate", "Generates a private key.", "cki pki key generate --key ec:P-256 --out key.pem") { kind, target, force };
        return verb.Does(output, error, (parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(kind)!, parsed.GetValue(target)!, parsed.GetValue(force), output, cancellationToken));
    }

    private static async Task<PkiResult> RunAsync(string kind, string target, bool force, TextWriter output, CancellationToken cancellationToken)
    {
        using var key = await CryptoProviders.Software.Keys.CreateSigningKeyAsync(Algorithm(kind), cancellationToken).ConfigureAwait(false);
        var pem = PrivateKeyPem.Write(key);
        using var content = new Secret(pem.Length + 1);
        _ = Encoding.ASCII.GetBytes(pem, content.Span);
        content.Span[^1] = (byte)'\n';
        Array.Clear(pem);
        PkiFiles.WriteSecret(target, content, force, output);
        var identifier = Convert.ToHexStringLower(SHA256.HashData(key.SubjectPublicKeyInfo.Span));
        return new PkiResult(new JsonObject { ["algorithm"] = kind, ["file"] = target, ["spkiSha256"] = identifier }, target == "-" ? "" : $"{target}: {kind}, SHA-256 of the public key {identifier}\n");
    }

    /// <summary>Reads a kind of key.</summary>
    /// <param name="kind">The word of the command line.</param>
    internal static KeyAlgorithm Algorithm(string kind) => kind.ToLowerInvariant() switch
    {
        "rsa:2048" => KeyAlgorithm.Rsa2048,
        "rsa:3072" => KeyAlgorithm.Rsa3072,
        "rsa:4096" => KeyAlgorithm.Rsa4096,
        "ec:p-256" => KeyAlgorithm.EcP256,
        "ec:p-384" => KeyAlgorithm.EcP384,
        "ec:p-521" => KeyAlgorithm.EcP521,
        "ed25519" => KeyAlgorithm.Ed25519,
        _ => throw CommandException.Usage($"--key: '{kind}' is none of rsa:3072, ec:P-256, ec:P-384, ec:P-521, ed25519."),
    };
}
