using System.CommandLine;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki key inspect</c>.</summary>
internal static class KeyInspectCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var file = PkiOptions.File("FILE", "The file with the key, PEM or DER");
        var verb = new PkiVerb("inspect", "Shows a key of any form, also one that is refused for use, and why. Private numbers are not shown.", "cki pki key inspect key.pem", hasText: true) { file };
        var password = SecretOptions.Password().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            using var secret = await password.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            using var key = await PkiKeys.ReadAsync(parsed.GetValue(file)!, secret, cancellationToken).ConfigureAwait(false);
            return new PkiResult(KeyText.ToJson(key), KeyText.ToShort(key), KeyText.ToFull(key));
        });
    }
}
