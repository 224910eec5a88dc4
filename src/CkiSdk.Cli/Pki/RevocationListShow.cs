using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Crls;

namespace CkiSdk.Cli.Pki;

/// <summary>Shows a revocation list: in short, in full, and for programs.</summary>
/// <param name="list">The list.</param>
internal sealed class RevocationListShow(RevocationList list)
{
    /// <summary>Gives the document.</summary>
    public JsonObject Json() => new()
    {
        ["issuer"] = list.Issuer.ToString(),
        ["thisUpdate"] = ShowText.Iso(list.IssuedAt),
        ["nextUpdate"] = list.NextIssueAt is { } next ? ShowText.Iso(next) : null,
        ["number"] = list.Number?.ToString(),
        ["baseNumber"] = list.BaseNumber?.ToString(),
        ["count"] = list.Count,
        ["entries"] = new JsonArray([.. list.Entries.Select(entry => (JsonNode)new JsonObject
        {
            ["serial"] = Convert.ToHexStringLower(entry.SerialNumber.Octets.Span),
            ["date"] = ShowText.Iso(entry.RevocationDate),
            ["issuer"] = entry.CertificateIssuer?.ToString(),
            ["invalidityDate"] = entry.InvalidityDate is { } invalid ? ShowText.Iso(invalid) : null,
            ["reason"] = entry.Reason is { } reason ? char.ToLowerInvariant(reason.ToString()[0]) + reason.ToString()[1..] : null,
        })]),
        ["extensions"] = new JsonArray([.. list.Extensions.Select(extension => (JsonNode)ExtensionText.Json(extension))]),
    };

    /// <summary>Gives a few lines.</summary>
    public string Short() =>
        $"issuer:  {ShowText.Safe(list.Issuer.ToString())}\nissued:  {ShowText.Iso(list.IssuedAt)}\nnext:    {(list.NextIssueAt is { } next ? ShowText.Iso(next) : "not said")}\n"
        + $"number:  {list.Number?.ToString() ?? "none"}{(list.BaseNumber is { } from ? $", delta on {from}" : "")}\nentries: {list.Count}\n";

    /// <summary>Gives everything, laid out as OpenSSL does.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        text.AppendLine("Certificate Revocation List (CRL):");
        text.AppendLine(list.IsVersion2 ? "        Version 2 (0x1)" : "        Version 1 (0x0)");
        text.Append("        Signature Algorithm: ").AppendLine(PublicKeyText.Algorithm(list.AlgorithmIdentifier));
        PublicKeyText.AppendParameters(text, list.AlgorithmIdentifier);
        text.Append("        Issuer: ").AppendLine(NameText.Of(list.Issuer));
        text.Append("        Last Update: ").AppendLine(ShowText.OpenSslTime(list.IssuedAt));
        text.Append("        Next Update: ").AppendLine(list.NextIssueAt is { } next ? ShowText.OpenSslTime(next) : "NONE");
        if (list.Extensions.Count > 0)
        {
            text.AppendLine("        CRL extensions:");
            ExtensionText.Append(text, list.Extensions, 12);
        }

        text.AppendLine(list.Count == 0 ? "No Revoked Certificates." : "Revoked Certificates:");
        foreach (var entry in list.Entries)
        {
            var octets = entry.SerialNumber.Octets.Span;
            text.AppendLine(CultureInfo.InvariantCulture, $"    Serial Number: {Convert.ToHexString(octets is [0, _, ..] ? octets[1..] : octets)}");
            text.AppendLine(CultureInfo.InvariantCulture, $"        Revocation Date: {ShowText.OpenSslTime(entry.RevocationDate)}");
            Append(text, entry);
        }

        text.Append("    Signature Algorithm: ").AppendLine(PublicKeyText.Algorithm(list.AlgorithmIdentifier));
        PublicKeyText.AppendParameters(text.AppendLine("    Signature Value:"), list.AlgorithmIdentifier);
        ShowText.Octets(text, list.Signature.Octets.Span, 8);
        return text.ToString();
    }

    private static void Append(StringBuilder text, RevokedCertificate entry)
    {
        if (entry is { CertificateIssuer: null, Reason: null, InvalidityDate: null, OtherExtensions.Count: 0 })
        {
            return;
        }

        text.AppendLine("        CRL entry extensions:");
        if (entry.CertificateIssuer is { } issuer)
        {
            text.AppendLine("            X509v3 Certificate Issuer: critical").Append(' ', 16).Append("DirName:").AppendLine(NameText.Of(issuer));
        }

        if (entry.Reason is { } reason)
        {
            text.AppendLine("            X509v3 CRL Reason Code: ").Append(' ', 16).AppendLine(ReasonText(reason));
        }

        if (entry.InvalidityDate is { } date)
        {
            text.AppendLine("            Invalidity Date: ").Append(' ', 16).AppendLine(ShowText.OpenSslTime(date));
        }

        ExtensionText.Append(text, entry.OtherExtensions, 12);
    }

    // KeyCompromise becomes Key Compromise, and CACompromise CA Compromise.
    private static string ReasonText(CRLReason reason)
    {
        var name = reason.ToString();
        return string.Concat(name.Select((letter, at) =>
            at > 0 && char.IsUpper(letter) && (char.IsLower(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1]))) ? $" {letter}" : $"{letter}"));
    }
}
