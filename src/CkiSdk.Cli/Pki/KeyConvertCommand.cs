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
        var file = PkiOptions.File("FILE", "The file with the key, PEM or DER");
        var to = new Option<string>("--as") { Description = "The form to write: pkcs8, traditional (PKCS #1 or SEC 1), public, or pkcs1-public.", DefaultValueFactory = _ => "pkcs8" };
        to.AcceptOnlyFromAmong("pkcs8", "traditional", "public", "pkcs1-public");
        var target = PkiOptions.Out(isRequired: true);
        var (force, form, scrypt) = (PkiOptions.Force(), PkiOptions.OutForm(), KeyOutput.Scrypt());
        var weak = new Option<bool>("--weak-encryption") { Description = "Encrypt --as traditional under the new password, by one MD5: for old programs that read nothing else, such as Tcl's pki." };
        var verb = new PkiVerb("convert", "Writes a key in another form, or under another password.", "cki pki key convert key.pem --as public --out public.pem") { file, to, target, force, form, scrypt, weak };
        var password = SecretOptions.Password().AddTo(verb);
        var newPassword = SecretOptions.NewPassword().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            using var secret = await password.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            using var newSecret = await newPassword.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            using var key = await PkiKeys.ReadAsync(parsed.GetValue(file)!, secret, cancellationToken).ConfigureAwait(false);
            var written = FormOf(parsed.GetValue(to)!, key);
            var place = new KeyTarget(parsed.GetValue(target)!, parsed.GetValue(form) == "pem", parsed.GetValue(force), output);
            PkiOptions.RequireFileForJson(parsed, place.Path);
            Require(written, newSecret, place, parsed.GetValue(weak));
            Write(key, written, newSecret, parsed.GetValue(scrypt), place);
            var name = newSecret is not null && written == KeyForm.Pkcs8 ? KeyForm.EncryptedPkcs8 : written;
            var json = new JsonObject { ["key"] = key.Description.Name, ["file"] = place.Path, ["form"] = name.ToString(), ["encrypted"] = newSecret is not null };
            return new PkiResult(json, place.Path == "-" ? "" : $"{place.Path}: {key.Description.Name} as {name}{(newSecret is null ? "" : ", encrypted")}\n");
        });
    }

    // What is encrypted, and how, is asked for by name where it protects little.
    private static void Require(KeyForm form, Secret? password, KeyTarget target, bool isWeakAllowed)
    {
        var isTraditional = form is KeyForm.Pkcs1 or KeyForm.Sec1;
        if (password is not null && !(form == KeyForm.Pkcs8 || (isTraditional && isWeakAllowed && target.IsPem)))
        {
            throw CommandException.Usage("A password goes with --as pkcs8, or with --as traditional --weak-encryption as PEM, which protects little; a public key needs none.");
        }
    }

    private static KeyForm FormOf(string to, ParsedKey key) => to switch
    {
        "public" => KeyForm.Public,
        "pkcs1-public" => KeyForm.Pkcs1Public,
        "traditional" => key.Description.Kind == KeyKind.EllipticCurve ? KeyForm.Sec1 : KeyForm.Pkcs1,
        _ => KeyForm.Pkcs8,
    };

    private static void Write(ParsedKey key, KeyForm form, Secret? password, bool byScrypt, KeyTarget target)
    {
        try
        {
            using var der = KeyWriter.Write(key, form);
            if (form == KeyForm.Pkcs8)
            {
                KeyOutput.Write(der, password, byScrypt, target);
            }
            else
            {
                KeyOutput.WriteAs(der, form, password, target);
            }
        }
        catch (NotSupportedException exception)
        {
            throw CommandException.Usage($"--as: {exception.Message}", exception);
        }
    }
}
