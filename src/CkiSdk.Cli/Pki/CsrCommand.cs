using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
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
        var (subject, names, target, form, force) = (PkiOptions.Subject(isRequired: true), PkiOptions.AlternativeNames(), PkiOptions.Out(), PkiOptions.OutForm(), PkiOptions.Force());
        var (purposes, extensions, algorithm) = (RequestedExtensions.PurposeOption(), RequestedExtensions.Option(), AlgorithmOption.Make());
        var verb = new PkiVerb("create", "Makes a certification request, signed by its key.", "cki pki csr create --key key.pem --subject \"CN=www.example\" --san www.example --out request.pem")
        {
            subject, names, purposes, extensions, algorithm, target, form, force,
        };
        var key = new KeyOptions().AddTo(verb);
        var challenge = SecretOptions.Challenge().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            using var access = await key.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            using var word = await challenge.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            using var signer = await access.OpenSigningKeyAsync(key.Place(parsed), cancellationToken).ConfigureAwait(false);
            var template = new RequestTemplate
            {
                Subject = PkiOptions.Name(parsed.GetValue(subject)!),
                Extensions = RequestedExtensions.Make(PkiOptions.ParseNames(parsed.GetValue(names)), parsed.GetValue(purposes) ?? [], parsed.GetValue(extensions) ?? []),
                ChallengePassword = word is null ? null : Encoding.UTF8.GetString(word.Span), // everybody can read it in the request
            };
            var request = await SignAsync(template, signer, AlgorithmOption.For(parsed, algorithm, signer), cancellationToken).ConfigureAwait(false);
            return PkiOptions.Write(parsed, target, form, force, request.Encoded.Span, "CERTIFICATE REQUEST", Json(request), $"{ShowText.Subject(request.Subject)}, {ShowText.Key(request.SubjectPublicKeyInfo)}", output);
        });
    }

    private static async Task<CertificationRequest> SignAsync(RequestTemplate template, ISigningKey signer, SignatureAlgorithm algorithm, CancellationToken cancellationToken)
    {
        try
        {
            return await RequestSigner.SignAsync(template, signer, algorithm, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw CommandException.Usage(Failures.Words(exception), exception);
        }
    }

    private static PkiVerb Inspect(TextWriter output, TextWriter error)
    {
        var file = PkiOptions.File("CSR", "The file with the request");
        var allow = AllowOption.ForRequests();
        var verb = new PkiVerb("inspect", "Shows a request, and checks that its key signed it; exit code 1 if not.", "cki pki csr inspect request.pem", hasText: true) { allow, file };
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var request = await PkiInputs.RequestAsync(parsed.GetValue(file)!, cancellationToken).ConfigureAwait(false);
            var proves = request.ProvesPossession(CryptoProviders.Software, AllowOption.ParseAlgorithms(parsed.GetValue(allow)));
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
        ["challengePassword"] = request.ChallengePassword is not null,
        ["attributes"] = new JsonArray([.. request.Attributes.Select(attribute => (JsonNode)attribute.Type.ToString())]),
        ["extensions"] = new JsonArray([.. request.RequestedExtensions.Select(extension => (JsonNode)ExtensionText.Json(extension))]),
    };

    private const string ExtensionRequest = "1.2.840.113549.1.9.14";

    // The challenge itself is not shown, because it lets ask for revocation.
    private static string AttributeName(string type) => type switch
    {
        "1.2.840.113549.1.9.7" => "challengePassword",
        "1.2.840.113549.1.9.2" => "unstructuredName",
        "1.2.840.113549.1.9.8" => "unstructuredAddress",
        _ => type,
    };

    private static string AttributeValue(CkiSdk.Asn1.Modules.InformationFramework.Attribute attribute) => attribute.Type.ToString() == "1.2.840.113549.1.9.7"
        ? "(not shown)"
        : ShowText.Safe(string.Join(", ", attribute.Values.Select(value => NameText.Text(value) ?? ShowText.Colons(value.Encoded.Span))));

    private static string Short(CertificationRequest request, bool proves) =>
        $"subject: {ShowText.Safe(request.Subject.ToString())}\nkey:     {ShowText.Key(request.SubjectPublicKeyInfo)}\nnames:   {Names(request)}\nproof:   {(proves ? "signed by its key" : "NOT signed by its key, or by an algorithm that is not accepted")}\n";

    private static string Names(CertificationRequest request) =>
        request.RequestedExtensions.FirstOrDefault(extension => extension.ExtnId == CertificateExtensionsValues.IdCeSubjectAltName) is { } names ? ExtensionText.Value(names) : "none";

    private static string Text(CertificationRequest request, bool proves)
    {
        var text = new StringBuilder();
        text.AppendLine("Certificate Request:").AppendLine("    Data:").AppendLine("        Version: 1 (0x0)");
        text.Append("        Subject: ").AppendLine(NameText.Of(request.Subject));
        text.AppendLine("        Subject Public Key Info:");
        PublicKeyText.Append(text, request.SubjectPublicKeyInfo, 12);
        text.AppendLine("        Attributes:");
        foreach (var attribute in request.Attributes)
        {
            if (attribute.Type.ToString() != ExtensionRequest)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"            {AttributeName(attribute.Type.ToString()),-25}:{AttributeValue(attribute)}");
            }
        }

        if (request.RequestedExtensions.Count > 0)
        {
            text.AppendLine("            Requested Extensions:");
            ExtensionText.Append(text, request.RequestedExtensions, 16);
        }

        text.Append("    Signature Algorithm: ").AppendLine(PublicKeyText.Algorithm(request.Value.AlgorithmIdentifier));
        PublicKeyText.AppendParameters(text.AppendLine("    Signature Value:"), request.Value.AlgorithmIdentifier);
        ShowText.Octets(text, request.Value.Encrypted.Octets.Span, 8);
        return text.AppendLine(proves ? "    Signature: good" : "    Signature: NOT good").ToString();
    }
}
