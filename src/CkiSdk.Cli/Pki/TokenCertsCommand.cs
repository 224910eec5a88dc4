using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CkiSdk.Crypto.Pkcs11;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki token certs</c>: the certificates of a token.</summary>
internal static class TokenCertsCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var verb = new PkiVerb("certs", "Lists the certificates of a token; --text prints them as PEM.", "cki pki token certs --module /usr/lib/softhsm/libsofthsm2.so --token cki", hasText: true);
        var options = new TokenOptions().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var uri = options.TokenUri(parsed);
            using var pin = await options.PinAsync(parsed, uri, cancellationToken).ConfigureAwait(false);
            using var token = await TokenKeys.OpenTokenAsync(uri, pin, cancellationToken).ConfigureAwait(false);
            var result = new PkiListing().With("certificates");
            var certificates = await token.ListCertificatesAsync(cancellationToken).ConfigureAwait(false);
            foreach (var certificate in certificates.Where(found => options.Label(parsed) is not { } label || found.Label == label))
            {
                Add(result, certificate);
            }

            return result.ToResult() with { Full = string.Concat(certificates.Select(found => Pem(found) + "\n")) };
        });
    }

    private static void Add(PkiListing result, Pkcs11Certificate found)
    {
        var certificate = Certificate.TryDecode(found.Der, out var read) ? read : null;
        var subject = certificate?.Subject.ToString() ?? "(not readable)";
        var notAfter = certificate is null ? "" : ShowText.Iso(certificate.NotAfter);
        result.Add("certificates", new JsonObject
        {
            ["label"] = found.Label,
            ["id"] = Convert.ToHexStringLower(found.Id.Span),
            ["subject"] = subject,
            ["notAfter"] = notAfter,
            ["uri"] = found.Uri.ToString(),
            ["pem"] = Pem(found),
            ["certificate"] = certificate is null ? null : new CertificateShow(certificate).Json(),
        }, $"certificate {found.Label}: {subject}, until {notAfter}, {found.Uri}");
    }

    private static string Pem(Pkcs11Certificate found) => PemEncoding.WriteString("CERTIFICATE", found.Der.Span);
}
