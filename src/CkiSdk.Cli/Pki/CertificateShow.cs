using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Pki;

/// <summary>Shows a certificate: in short, in full, and for programs.</summary>
/// <param name="certificate">The certificate.</param>
internal sealed class CertificateShow(Certificate certificate)
{
    /// <summary>Gives the document.</summary>
    public JsonObject Json() => new()
    {
        ["version"] = (int)certificate.Value.ToBeSigned.Version.Value.ToInt64() + 1,
        ["serial"] = Serial,
        ["issuer"] = certificate.Issuer.ToString(),
        ["subject"] = certificate.Subject.ToString(),
        ["notBefore"] = ShowText.Iso(certificate.NotBefore),
        ["notAfter"] = ShowText.Iso(certificate.NotAfter),
        ["key"] = ShowText.Key(certificate.SubjectPublicKeyInfo),
        ["signatureAlgorithm"] = ShowText.Algorithm(certificate.Value.AlgorithmIdentifier),
        ["authority"] = certificate.IsAuthority,
        ["sha256"] = Convert.ToHexStringLower(certificate.Sha256()),
        ["extensions"] = new JsonArray([.. certificate.Extensions.Select(extension => (JsonNode)ExtensionText.Json(extension))]),
    };

    /// <summary>Gives a few lines.</summary>
    public string Short()
    {
        var names = certificate.Extensions.FirstOrDefault(extension => extension.ExtnId == CertificateExtensionsValues.IdCeSubjectAltName) is { } alternatives ? ExtensionText.Value(alternatives) : "none";
        var text = new StringBuilder();
        text.Append("subject:   ").AppendLine(ShowText.Safe(certificate.Subject.ToString()));
        text.Append("issuer:    ").AppendLine(ShowText.Safe(certificate.Issuer.ToString()));
        text.Append("serial:    ").AppendLine(Serial);
        text.Append("valid:     ").Append(ShowText.Iso(certificate.NotBefore)).Append(" to ").AppendLine(ShowText.Iso(certificate.NotAfter));
        text.Append("key:       ").AppendLine(ShowText.Key(certificate.SubjectPublicKeyInfo));
        text.Append("names:     ").AppendLine(ShowText.Safe(names));
        text.Append("authority: ").AppendLine(certificate.IsAuthority ? "yes" : "no");
        text.Append("sha256:    ").AppendLine(Convert.ToHexStringLower(certificate.Sha256()));
        return text.ToString();
    }

    /// <summary>Gives everything, laid out as OpenSSL does.</summary>
    public string Text()
    {
        var fields = certificate.Value.ToBeSigned;
        var version = fields.Version.Value.ToInt64();
        var text = new StringBuilder();
        text.AppendLine("Certificate:").AppendLine("    Data:");
        text.AppendLine(CultureInfo.InvariantCulture, $"        Version: {version + 1} (0x{version:x})");
        text.Append("        Serial Number:").AppendLine(ShowText.Serial(certificate.SerialNumber, 12));
        text.Append("        Signature Algorithm: ").AppendLine(PublicKeyText.Algorithm(fields.Signature));
        PublicKeyText.AppendParameters(text, fields.Signature);
        text.Append("        Issuer: ").AppendLine(NameText.Of(certificate.Issuer));
        text.AppendLine("        Validity");
        text.Append("            Not Before: ").AppendLine(ShowText.OpenSslTime(certificate.NotBefore));
        text.Append("            Not After : ").AppendLine(ShowText.OpenSslTime(certificate.NotAfter));
        text.Append("        Subject: ").AppendLine(NameText.Of(certificate.Subject));
        text.AppendLine("        Subject Public Key Info:");
        PublicKeyText.Append(text, certificate.SubjectPublicKeyInfo, 12);
        if (certificate.Extensions.Count > 0)
        {
            text.AppendLine("        X509v3 extensions:");
            ExtensionText.Append(text, certificate.Extensions, 12);
        }

        text.Append("    Signature Algorithm: ").AppendLine(PublicKeyText.Algorithm(certificate.Value.AlgorithmIdentifier));
        PublicKeyText.AppendParameters(text.AppendLine("    Signature Value:"), certificate.Value.AlgorithmIdentifier);
        ShowText.Octets(text, certificate.Value.Encrypted.Octets.Span, 8);
        return text.ToString();
    }

    private string Serial => Convert.ToHexStringLower(certificate.SerialNumber.Octets.Span);
}
