using System.CommandLine;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki cert inspect</c>.</summary>
internal static class CertInspectCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var file = PkiOptions.File("CERT", "The file with the certificate");
        var verb = new PkiVerb("inspect", "Shows a certificate.", "cki pki cert inspect --text server.pem", hasText: true) { file };
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var view = new CertificateShow(await PkiInputs.CertificateAsync(parsed.GetValue(file)!, cancellationToken).ConfigureAwait(false));
            return new PkiResult(view.Json(), view.Short(), view.Text());
        });
    }
}
