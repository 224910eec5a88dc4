using System.CommandLine;
using System.Text.Json.Nodes;
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
        var kind = new Option<string>("--key") { Description = KeyKinds.Description, HelpName = "KIND", Required = true };
        var exponent = new Option<string?>("--exponent") { Description = "The public exponent of an RSA key; default: 65537.", HelpName = "NUMBER" };
        var target = PkiOptions.Out(isRequired: true);
        var force = PkiOptions.Force();
        var form = PkiOptions.OutForm();
        var scrypt = KeyOutput.Scrypt();
        var verb = new PkiVerb("generate", "Generates a private key: PKCS #8, encrypted if a password is given.", "cki pki key generate --key ec:P-256 --out key.pem") { kind, exponent, target, force, form, scrypt };
        var password = SecretOptions.Password("the password of the file that is written").AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            using var secret = await password.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            var path = parsed.GetValue(target)!;
            PkiOptions.RequireFileForJson(parsed, path);
            using var pkcs8 = KeyKinds.Generate(parsed.GetValue(kind)!, parsed.GetValue(exponent));
            using var key = KeyFile.Read(pkcs8.Span);
            KeyOutput.Write(pkcs8, secret, parsed.GetValue(scrypt), new KeyTarget(path, parsed.GetValue(form) == "pem", parsed.GetValue(force), output));
            return Result(key, path, secret is not null);
        });
    }

    private static PkiResult Result(ParsedKey key, string path, bool isEncrypted)
    {
        var identifier = KeyText.Fingerprint(key);
        var json = new JsonObject { ["key"] = key.Description.Name, ["file"] = path, ["encrypted"] = isEncrypted, ["spkiSha256"] = identifier };
        return new PkiResult(json, path == "-" ? "" : $"{path}: {key.Description.Name}{(isEncrypted ? ", encrypted" : "")}, SHA-256 of the public key {identifier}\n");
    }
}
