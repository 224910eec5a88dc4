using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;

namespace CkiSdk.Cli.Pki;

/// <summary>Writes extensions for people, laid out as OpenSSL does; what nobody here knows is written as hexadecimal digits.</summary>
internal static class ExtensionText
{
    private static readonly string[] Uses =
        ["Digital Signature", "Non Repudiation", "Key Encipherment", "Data Encipherment", "Key Agreement", "Certificate Sign", "CRL Sign", "Encipher Only", "Decipher Only"];

    private static readonly Dictionary<ObjectIdentifier, (string Title, Func<ReadOnlyMemory<byte>, IEnumerable<string>> Read)> Known = new()
    {
        [CertificateExtensionsValues.IdCeBasicConstraints] = ("X509v3 Basic Constraints", der => [Basic(BasicConstraintsSyntax.Decode(der))]),
        [CertificateExtensionsValues.IdCeKeyUsage] = ("X509v3 Key Usage", der => [Usage(KeyUsage.Decode(der).Value)]),
        [CertificateExtensionsValues.IdCeExtKeyUsage] = ("X509v3 Extended Key Usage", der => [string.Join(", ", ExtKeyUsageSyntax.Decode(der).Value.Select(Purpose))]),
        [CertificateExtensionsValues.IdCeSubjectKeyIdentifier] = ("X509v3 Subject Key Identifier", der => [ShowText.Colons(KeyIdentifier.Decode(der).Value.Span).ToUpperInvariant()]),
        [CertificateExtensionsValues.IdCeAuthorityKeyIdentifier] = ("X509v3 Authority Key Identifier", der => ExtensionLines.Of(AuthorityKeyIdentifier.Decode(der))),
        [CertificateExtensionsValues.IdCeSubjectAltName] = ("X509v3 Subject Alternative Name", Names),
        [CertificateExtensionsValues.IdCeIssuerAltName] = ("X509v3 Issuer Alternative Name", Names),
        [CertificateExtensionsValues.IdCeCertificatePolicies] = ("X509v3 Certificate Policies", der => ExtensionLines.Of(CertificatePoliciesSyntax.Decode(der))),
        [CertificateExtensionsValues.IdCePolicyMappings] = ("X509v3 Policy Mappings", der => [string.Join(", ", PolicyMappingsSyntax.Decode(der).Value.Select(mapping => $"{mapping.IssuerDomainPolicy.Value}:{mapping.SubjectDomainPolicy.Value}"))]),
        [CertificateExtensionsValues.IdCePolicyConstraints] = ("X509v3 Policy Constraints", der => [Constraints(PolicyConstraintsSyntax.Decode(der))]),
        [CertificateExtensionsValues.IdCeInhibitAnyPolicy] = ("X509v3 Inhibit Any Policy", der => [SkipCerts.Decode(der).Value.ToString()]),
        [CertificateExtensionsValues.IdCeNameConstraints] = ("X509v3 Name Constraints", der => ExtensionLines.Of(NameConstraintsSyntax.Decode(der))),
        [CertificateExtensionsValues.IdCeCRLDistributionPoints] = ("X509v3 CRL Distribution Points", der => ExtensionLines.Of(CRLDistPointsSyntax.Decode(der))),
        [CertificateExtensionsValues.IdCeFreshestCRL] = ("X509v3 Freshest CRL", der => ExtensionLines.Of(CRLDistPointsSyntax.Decode(der))),
        [CertificateExtensionsValues.IdCePrivateKeyUsagePeriod] = ("X509v3 Private Key Usage Period", der => [ExtensionLines.Of(PrivateKeyUsagePeriod.Decode(der))]),
        [CertificateExtensionsValues.IdCeSubjectDirectoryAttributes] = ("X509v3 Subject Directory Attributes", Octets),
        [PKIX1Implicit88Values.IdPeAuthorityInfoAccess] = ("Authority Information Access", der => AuthorityInfoAccessSyntax.Decode(der).Value.Select(ExtensionLines.Of)),
        [PKIX1Implicit88Values.IdPeSubjectInfoAccess] = ("Subject Information Access", der => SubjectInfoAccessSyntax.Decode(der).Value.Select(ExtensionLines.Of)),
        [CKIProfileValues.IdCkiPeDomain] = ("CKI Domain", der => ExtensionLines.Of(NameConstraintsSyntax.Decode(der))),
        [CertificateExtensionsValues.IdCeCRLNumber] = ("X509v3 CRL Number", der => [CRLNumber.Decode(der).Value.ToString()]),
        [CertificateExtensionsValues.IdCeIssuingDistributionPoint] = ("X509v3 Issuing Distribution Point", der => ExtensionLines.Of(IssuingDistPointSyntax.Decode(der))),
        [CertificateExtensionsValues.IdCeDeltaCRLIndicator] = ("X509v3 Delta CRL Indicator", der => [CRLNumber.Decode(der).Value.ToString()]),
        [ObjectIdentifier.Parse("1.3.6.1.5.5.7.48.1.5")] = ("OCSP No Check", _ => [""]),
        [ObjectIdentifier.Parse("1.3.6.1.5.5.7.1.24")] = ("TLS Feature", Octets),
        [ObjectIdentifier.Parse("1.3.6.1.4.1.11129.2.4.2")] = ("CT Precertificate SCTs", Octets),
        [ObjectIdentifier.Parse("1.3.6.1.4.1.11129.2.4.3")] = ("CT Precertificate Poison", _ => ["NULL"]),
        [ObjectIdentifier.Parse("2.16.840.1.113730.1.1")] = ("Netscape Cert Type", Octets),
        [ObjectIdentifier.Parse("2.16.840.1.113730.1.13")] = ("Netscape Comment", der => [Comment(der)]),
    };

    /// <summary>Appends extensions.</summary>
    /// <param name="text">Where they go.</param>
    /// <param name="extensions">The extensions.</param>
    /// <param name="indent">How far the lines stand in.</param>
    public static void Append(StringBuilder text, IEnumerable<Extension> extensions, int indent)
    {
        foreach (var extension in extensions)
        {
            var (title, lines) = Describe(extension);
            text.Append(' ', indent).Append(title).AppendLine(extension.Critical ? ": critical" : ": ");
            foreach (var line in lines)
            {
                text.Append(' ', indent + 4).AppendLine(ShowText.Safe(line));
            }
        }
    }

    /// <summary>Gives the document of one.</summary>
    /// <param name="extension">The extension.</param>
    public static JsonObject Json(Extension extension)
    {
        var (title, lines) = Describe(extension);
        return new JsonObject { ["oid"] = extension.ExtnId.ToString(), ["name"] = title, ["critical"] = extension.Critical, ["value"] = string.Join('\n', lines), ["der"] = Convert.ToHexStringLower(extension.ExtnValue.Span) };
    }

    /// <summary>Writes the value of one in a line.</summary>
    /// <param name="extension">The extension.</param>
    public static string Value(Extension extension) => ShowText.Safe(string.Join(", ", Describe(extension).Lines));

    private static (string Title, string[] Lines) Describe(Extension extension)
    {
        if (!Known.TryGetValue(extension.ExtnId, out var known))
        {
            return (extension.ExtnId.ToString(), [ShowText.Colons(extension.ExtnValue.Span)]);
        }

        try
        {
            return (known.Title, [.. known.Read(extension.ExtnValue.Memory)]);
        }
        catch (DerException exception)
        {
            return (known.Title, [$"<malformed: {exception.Message}>"]);
        }
    }

    private static string Basic(BasicConstraintsSyntax basic) => (basic.CA ? "CA:TRUE" : "CA:FALSE") + (basic.PathLenConstraint is { } limit ? $", pathlen:{limit}" : "");

    private static string Usage(BitString bits) => string.Join(", ", Uses.Where((_, bit) => bits[bit]));

    private static string Purpose(KeyPurposeId purpose) => purpose.Value.ToString() switch
    {
        "1.3.6.1.5.5.7.3.1" => "TLS Web Server Authentication",
        "1.3.6.1.5.5.7.3.2" => "TLS Web Client Authentication",
        "1.3.6.1.5.5.7.3.3" => "Code Signing",
        "1.3.6.1.5.5.7.3.4" => "E-mail Protection",
        "1.3.6.1.5.5.7.3.8" => "Time Stamping",
        "1.3.6.1.5.5.7.3.9" => "OCSP Signing",
        "1.3.6.1.5.5.7.3.5" => "IPSec End System",
        "1.3.6.1.5.5.7.3.6" => "IPSec Tunnel",
        "1.3.6.1.5.5.7.3.7" => "IPSec User",
        "1.3.6.1.5.5.7.3.17" => "ipsec Internet Key Exchange",
        "1.3.6.1.4.1.311.20.2.2" => "Microsoft Smartcard Login",
        "2.5.29.37.0" => "Any Extended Key Usage",
        var id => id,
    };

    private static IEnumerable<string> Names(ReadOnlyMemory<byte> der) => [string.Join(", ", GeneralNames.Decode(der).Value.Select(NameText.Of))];

    private static IEnumerable<string> Octets(ReadOnlyMemory<byte> der) => [ShowText.Colons(der.Span)];

    private static string Comment(ReadOnlyMemory<byte> der)
    {
        var reader = new DerReader(der);
        return reader.ReadIa5String(Tag.Ia5String).ToString();
    }

    private static string Constraints(PolicyConstraintsSyntax constraints) => string.Join(", ", new[]
    {
        constraints.RequireExplicitPolicy is { } require ? $"Require Explicit Policy:{require.Value}" : null,
        constraints.InhibitPolicyMapping is { } inhibit ? $"Inhibit Policy Mapping:{inhibit.Value}" : null,
    }.OfType<string>());
}
