using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki key convert</c>.</summary>
internal static class KeyConvertCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var file = new Argument<string>("FILE") { Description = "The file with the key, PEM or DER; - for the standard input." };
        var to = new Option<string>("--to") { Description = "The form to write: pkcs8, traditional (PKCS #1 or SEC 1), public, or pkcs1-public.", DefaultValueFactory = _ => "pkcs8" };
        to.AcceptOnlyFromAmong("pkcs8", "traditional", "public", "pkcs1-public");
        var target = PkiOptions.Out(isRequired: true);
        var (force, form, scrypt) = (PkiOptions.Force(), PkiOptions.OutForm(), KeyOutput.Scrypt());
        var verb = new PkiVerb("convert", "Writes a key in another form, or under another password.", "cki pki key convert key.pem --to public --out public.pem") { file, to, target, force, form, scrypt };
        var password = SecretOptions.Password().AddTo(verb);
        var newPassword = SecretOptions.NewPassword().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            using var secret = await password.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            using var newSecret = await newPassword.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            using var key = await PkiKeys.ReadAsync(parsed.GetValue(file)!, secret, cancellationToken).ConfigureAwait(false);
            var written = FormOf(parsed.GetValue(to)!, key);
            Write(key, written, newSecret, parsed.GetValue(scrypt), parsed.GetValue(target)!, parsed.GetValue(form) == "pem", parsed.GetValue(force), output);
            var (path, name) = (parsed.GetValue(target)!, newSecret is null ? written : KeyForm.EncryptedPkcs8);
            return new PkiResult(new JsonObject { ["key"] = key.Description.Name, ["file"] = path, ["form"] = name.ToString() }, path == "-" ? "" : $"{path}: {key.Description.Name} as {name}\n");
        });
    }

    private static KeyForm FormOf(string to, ParsedKey key) => to switch
    {
        "public" => KeyForm.Public,
        "pkcs1-public" => KeyForm.Pkcs1Public,
        "traditional" => key.Description.Kind == KeyKind.EllipticCurve ? KeyForm.Sec1 : KeyForm.Pkcs1,
        _ => KeyForm.Pkcs8,
    };

    private static void Write(ParsedKey key, KeyForm form, Secret? password, bool byScrypt, string path, bool isPem, bool force, TextWriter output)
    {
        if (password is not null && form != KeyForm.Pkcs8)
        {
            throw CommandException.Usage("A password goes with --to pkcs8 only: the traditional encryption is weak, and a public key needs none.");
        }

        try
        {
            using var der = KeyWriter.Write(key, form);
            if (form == KeyForm.Pkcs8)
            {
                KeyOutput.Write(der, password, byScrypt, path, isPem, force, output);
            }
            else
            {
                KeyOutput.Write(der, form, path, isPem, force, output);
            }
        }
        catch (NotSupportedException exception)
        {
            throw CommandException.Usage($"--to: {exception.Message}", exception);
        }
    }
}
