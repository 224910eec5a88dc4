using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.PKIX1Explicit88;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;

namespace CkiSdk.Cli.Pki;

/// <summary>Writes extensions for people, laid out as OpenSSL does; what nobody here knows is written as hexadecimal digits.</summary>
internal static class ExtensionText
{
    private static readonly string[] Uses =
        ["Digital Signature", "Non Repudiation", "Key Encipherment", "Data Encipherment", "Key Agreement", "Certificate Sign", "CRL Sign", "Encipher Only", "Decipher Only"];

    private static readonly Dictionary<ObjectIdentifier, (string Title, Func<ReadOnlyMemory<byte>, string> Read)> Known = new()
    {
        [CertificateExtensionsValues.IdCeBasicConstraints] = ("X509v3 Basic Constraints", der => Basic(BasicConstraintsSyntax.Decode(der))),
        [CertificateExtensionsValues.IdCeKeyUsage] = ("X509v3 Key Usage", der => Usage(KeyUsage.Decode(der).Value)),
        [CertificateExtensionsValues.IdCeExtKeyUsage] = ("X509v3 Extended Key Usage", der => string.Join(", ", ExtKeyUsageSyntax.Decode(der).Value.Select(Purpose))),
        [CertificateExtensionsValues.IdCeSubjectKeyIdentifier] = ("X509v3 Subject Key Identifier", der => ShowText.Colons(KeyIdentifier.Decode(der).Value.Span).ToUpperInvariant()),
        [CertificateExtensionsValues.IdCeAuthorityKeyIdentifier] = ("X509v3 Authority Key Identifier", der => Authority(AuthorityKeyIdentifier.Decode(der))),
        [CertificateExtensionsValues.IdCeSubjectAltName] = ("X509v3 Subject Alternative Name", Names),
        [CertificateExtensionsValues.IdCeIssuerAltName] = ("X509v3 Issuer Alternative Name", Names),
        [CertificateExtensionsValues.IdCeCertificatePolicies] = ("X509v3 Certificate Policies", der => string.Join(", ", CertificatePoliciesSyntax.Decode(der).Value.Select(policy => $"Policy: {policy.PolicyIdentifier.Value}"))),
        [CertificateExtensionsValues.IdCePolicyMappings] = ("X509v3 Policy Mappings", der => string.Join(", ", PolicyMappingsSyntax.Decode(der).Value.Select(mapping => $"{mapping.IssuerDomainPolicy.Value}:{mapping.SubjectDomainPolicy.Value}"))),
        [CertificateExtensionsValues.IdCePolicyConstraints] = ("X509v3 Policy Constraints", der => Constraints(PolicyConstraintsSyntax.Decode(der))),
        [CertificateExtensionsValues.IdCeInhibitAnyPolicy] = ("X509v3 Inhibit Any Policy", der => SkipCerts.Decode(der).Value.ToString()),
        [CertificateExtensionsValues.IdCeNameConstraints] = ("X509v3 Name Constraints", der => Constraints(NameConstraintsSyntax.Decode(der))),
        [CertificateExtensionsValues.IdCeCRLDistributionPoints] = ("X509v3 CRL Distribution Points", der => string.Join(", ", CRLDistPointsSyntax.Decode(der).Value.Select(Point))),
        [CertificateExtensionsValues.IdCeFreshestCRL] = ("X509v3 Freshest CRL", der => string.Join(", ", CRLDistPointsSyntax.Decode(der).Value.Select(Point))),
        [PKIX1Implicit88Values.IdPeAuthorityInfoAccess] = ("Authority Information Access", der => string.Join(", ", AuthorityInfoAccessSyntax.Decode(der).Value.Select(Access))),
        [PKIX1Implicit88Values.IdPeSubjectInfoAccess] = ("Subject Information Access", der => string.Join(", ", SubjectInfoAccessSyntax.Decode(der).Value.Select(Access))),
        [CKIProfileValues.IdCkiPeDomain] = ("CKI Domain", der => Constraints(NameConstraintsSyntax.Decode(der))),
        [CertificateExtensionsValues.IdCeCRLNumber] = ("X509v3 CRL Number", der => CRLNumber.Decode(der).Value.ToString()),
        [CertificateExtensionsValues.IdCeIssuingDistributionPoint] = ("X509v3 Issuing Distribution Point", der => Scope(IssuingDistPointSyntax.Decode(der))),
        [CertificateExtensionsValues.IdCeDeltaCRLIndicator] = ("X509v3 Delta CRL Indicator", der => CRLNumber.Decode(der).Value.ToString()),
    };

    /// <summary>Appends extensions.</summary>
    /// <param name="text">Where they go.</param>
    /// <param name="extensions">The extensions.</param>
    /// <param name="indent">How far the lines stand in.</param>
    public static void Append(StringBuilder text, IEnumerable<Extension> extensions, int indent)
    {
        foreach (var extension in extensions)
        {
            var (title, value) = Describe(extension);
            text.Append(' ', indent).Append(title).AppendLine(extension.Critical ? ": critical" : ": ");
            text.Append(' ', indent + 4).AppendLine(ShowText.Safe(value));
        }
    }

    /// <summary>Gives the document of one.</summary>
    /// <param name="extension">The extension.</param>
    public static JsonObject Json(Extension extension)
    {
        var (title, value) = Describe(extension);
        return new JsonObject { ["oid"] = extension.ExtnId.ToString(), ["name"] = title, ["critical"] = extension.Critical, ["value"] = value, ["der"] = Convert.ToHexStringLower(extension.ExtnValue.Span) };
    }

    /// <summary>Writes the value of one in a line.</summary>
    /// <param name="extension">The extension.</param>
    public static string Value(Extension extension) => ShowText.Safe(Describe(extension).Value);

    private static (string Title, string Value) Describe(Extension extension)
    {
        if (!Known.TryGetValue(extension.ExtnId, out var known))
        {
            return (extension.ExtnId.ToString(), ShowText.Colons(extension.ExtnValue.Span));
        }

        try
        {
            return (known.Title, known.Read(extension.ExtnValue.Memory));
        }
        catch (DerException exception)
        {
            return (known.Title, $"<malformed: {exception.Message}>");
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
        "2.5.29.37.0" => "Any Extended Key Usage",
        var id => id,
    };

    private static string Authority(AuthorityKeyIdentifier key) => string.Join(", ", new[]
    {
        key.KeyIdentifier is { } identifier ? ShowText.Colons(identifier.Value.Span).ToUpperInvariant() : null,
        key.AuthorityCertIssuer is { } issuer ? string.Join(", ", issuer.Value.Select(ShowText.Name)) : null,
        key.AuthorityCertSerialNumber is { } serial ? $"serial:{ShowText.Colons(serial.Value.Octets.Span)}" : null,
    }.OfType<string>());

    private static string Names(ReadOnlyMemory<byte> der) => string.Join(", ", GeneralNames.Decode(der).Value.Select(ShowText.Name));

    private static string Constraints(PolicyConstraintsSyntax constraints) => string.Join(", ", new[]
    {
        constraints.RequireExplicitPolicy is { } require ? $"Require Explicit Policy:{require.Value}" : null,
        constraints.InhibitPolicyMapping is { } inhibit ? $"Inhibit Policy Mapping:{inhibit.Value}" : null,
    }.OfType<string>());

    private static string Constraints(NameConstraintsSyntax constraints) => string.Join("; ", new[]
    {
        constraints.PermittedSubtrees is { } permitted ? "Permitted: " + string.Join(", ", permitted.Value.Select(subtree => ShowText.Name(subtree.Base))) : null,
        constraints.ExcludedSubtrees is { } excluded ? "Excluded: " + string.Join(", ", excluded.Value.Select(subtree => ShowText.Name(subtree.Base))) : null,
    }.OfType<string>());

    private static string Point(DistributionPoint point) => string.Join(' ', new[]
    {
        point.DistributionPoint_ is DistributionPointName.FullName full ? "Full Name: " + string.Join(", ", full.Value.Value.Select(ShowText.Name)) : null,
        point.DistributionPoint_ is DistributionPointName.NameRelativeToCRLIssuer ? "Relative Name" : null,
        point.CRLIssuer is { } issuer ? "CRL Issuer: " + string.Join(", ", issuer.Value.Select(ShowText.Name)) : null,
    }.OfType<string>());

    private static string Scope(IssuingDistPointSyntax scope) => string.Join(", ", new[]
    {
        scope.DistributionPoint is DistributionPointName.FullName full ? "Full Name: " + string.Join(", ", full.Value.Value.Select(ShowText.Name)) : null,
        scope.OnlyContainsUserCerts ? "Only User Certificates" : null,
        scope.OnlyContainsCACerts ? "Only CA Certificates" : null,
        scope.OnlySomeReasons is not null ? "Only Some Reasons" : null,
        scope.IndirectCRL ? "Indirect CRL" : null,
        scope.OnlyContainsAttributeCerts ? "Only Attribute Certificates" : null,
    }.OfType<string>());

    private static string Access(AccessDescription access) =>
        string.Create(CultureInfo.InvariantCulture, $"{(access.AccessMethod == PKIX1Explicit88Values.IdAdCaIssuers ? "CA Issuers" : access.AccessMethod == PKIX1Explicit88Values.IdAdOcsp ? "OCSP" : access.AccessMethod.ToString())} - {ShowText.Name(access.AccessLocation)}");
}
