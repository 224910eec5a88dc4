using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Requests;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki csr</c>.</summary>
internal static class CsrCommand
{
    /// <summary>Creates the command with those below it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error) =>
        new ExampleCommand("csr", "Makes and shows certification requests.", "cki pki csr create --key key.pem --subject \"CN=www.example\" --san www.example --out request.pem")
        {
            Make(output, error),
            Inspect(output, error),
        };

    private static PkiVerb Make(TextWriter output, TextWriter error)
    {
        var (key, subject, names, target, form, force) = (PkiOptions.Key(), PkiOptions.Subject(isRequired: true), PkiOptions.AlternativeNames(), PkiOptions.Out(), PkiOptions.OutForm(), PkiOptions.Force());
        var verb = new PkiVerb("create", "Makes a certification request, signed by its key.", "cki pki csr create --key key.pem --subject \"CN=www.example\" --san www.example --out request.pem")
        {
            key, subject, names, target, form, force,
        };
        var password = SecretOptions.Password().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            using var secret = await password.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            using var signer = await PkiKeys.OpenSigningKeyAsync(parsed.GetValue(key)!, secret, cancellationToken).ConfigureAwait(false);
            var alternatives = PkiOptions.ParseNames(parsed.GetValue(names));
            var template = new RequestTemplate
            {
                Subject = PkiOptions.Name(parsed.GetValue(subject)!),
                Extensions = alternatives.Length == 0 ? [] : [CertificateExtension.SubjectAltName(alternatives)],
            };
            var request = await RequestSigner.SignAsync(template, signer, cancellationToken: cancellationToken).ConfigureAwait(false);
            return PkiOptions.Write(parsed, target, form, force, request.Encoded.Span, "CERTIFICATE REQUEST", Json(request), output);
        });
    }

    private static PkiVerb Inspect(TextWriter output, TextWriter error)
    {
        var file = new Argument<string>("CSR") { Description = "The file with the request; - for the standard input." };
        var allow = PkiOptions.Allow();
        var verb = new PkiVerb("inspect", "Shows a request, and checks that its key signed it; exit code 1 if not.", "cki pki csr inspect request.pem", hasText: true) { allow, file };
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var request = await PkiInputs.RequestAsync(parsed.GetValue(file)!, cancellationToken).ConfigureAwait(false);
            var proves = request.ProvesPossession(CryptoProviders.Software, PkiOptions.Legacy(parsed.GetValue(allow)));
            var json = Json(request);
            json["proofOfPossession"] = proves;
            return new PkiResult(json, Short(request, proves), Text(request, proves), proves ? ExitCodes.Ok : ExitCodes.CheckFailed);
        });
    }

    private static JsonObject Json(CertificationRequest request) => new()
    {
        ["subject"] = request.Subject.ToString(),
        ["key"] = ShowText.Key(request.SubjectPublicKeyInfo),
        ["signatureAlgorithm"] = ShowText.Algorithm(request.Value.AlgorithmIdentifier),
        ["extensions"] = new JsonArray([.. request.RequestedExtensions.Select(extension => (JsonNode)ExtensionText.Json(extension))]),
    };

    private static string Short(CertificationRequest request, bool proves) =>
        $"subject: {ShowText.Safe(request.Subject.ToString())}\nkey:     {ShowText.Key(request.SubjectPublicKeyInfo)}\nproof:   {(proves ? "signed by its key" : "NOT signed by its key, or by an algorithm that is not accepted")}\n";

    private static string Text(CertificationRequest request, bool proves)
    {
        var text = new StringBuilder();
        text.AppendLine("Certificate Request:").AppendLine("    Data:").AppendLine("        Version: 1 (0x0)");
        text.Append("        Subject: ").AppendLine(ShowText.Safe(request.Subject.ToString()));
        text.AppendLine("        Subject Public Key Info:").Append("            Public Key Algorithm: ").AppendLine(ShowText.Key(request.SubjectPublicKeyInfo));
        ShowText.Octets(text, request.Value.ToBeSigned.SubjectPKInfo.SubjectPublicKey.Octets.Span, 16);
        text.AppendLine("        Attributes:");
        foreach (var attribute in request.Attributes)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"            {attribute.Type}: {attribute.Values.Count} value(s)");
        }

        if (request.RequestedExtensions.Count > 0)
        {
            text.AppendLine("            Requested Extensions:");
            ExtensionText.Append(text, request.RequestedExtensions, 16);
        }

        text.Append("    Signature Algorithm: ").AppendLine(ShowText.Algorithm(request.Value.AlgorithmIdentifier));
        ShowText.Octets(text, request.Value.Encrypted.Octets.Span, 8);
        return text.AppendLine(proves ? "    Signature: good" : "    Signature: NOT good").ToString();
    }
}
