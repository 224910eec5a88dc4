using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKIX1Explicit88;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;

namespace CkiSdk.Cli.Pki;

/// <summary>Writes the extensions that take several lines, as <c>openssl x509 -text</c> does.</summary>
internal static class ExtensionLines
{
    private static readonly string[] Reasons =
        ["Unused", "Key Compromise", "CA Compromise", "Affiliation Changed", "Superseded", "Cessation Of Operation", "Certificate Hold", "Privilege Withdrawn", "AA Compromise"];

    /// <summary>Writes authorityKeyIdentifier: with more than the key identifier, each part has its name.</summary>
    /// <param name="key">The extension.</param>
    public static IEnumerable<string> Of(AuthorityKeyIdentifier key)
    {
        var isAlone = key.AuthorityCertIssuer is null && key.AuthorityCertSerialNumber is null;
        if (key.KeyIdentifier is { } identifier)
        {
            yield return (isAlone ? "" : "keyid:") + ShowText.Colons(identifier.Value.Span).ToUpperInvariant();
        }

        foreach (var issuer in key.AuthorityCertIssuer?.Value ?? default)
        {
            yield return NameText.Of(issuer);
        }

        if (key.AuthorityCertSerialNumber is { } serial)
        {
            yield return $"serial:{ShowText.Colons(ShowText.Magnitude(serial.Value)).ToUpperInvariant()}";
        }
    }

    /// <summary>Writes policies with their qualifiers.</summary>
    /// <param name="policies">The extension.</param>
    public static IEnumerable<string> Of(CertificatePoliciesSyntax policies)
    {
        foreach (var policy in policies.Value)
        {
            var id = policy.PolicyIdentifier.Value;
            yield return $"Policy: {(id.ToString() == "2.5.29.32.0" ? "X509v3 Any Policy" : id)}";
            foreach (var line in policy.PolicyQualifiers?.SelectMany(Qualifier) ?? [])
            {
                yield return line;
            }
        }
    }

    /// <summary>Writes name constraints, and the domain of a CMA.</summary>
    /// <param name="constraints">The extension.</param>
    public static IEnumerable<string> Of(NameConstraintsSyntax constraints) =>
        [.. Subtrees("Permitted:", constraints.PermittedSubtrees?.Value), .. Subtrees("Excluded:", constraints.ExcludedSubtrees?.Value)];

    /// <summary>Writes distribution points.</summary>
    /// <param name="points">The extension.</param>
    public static IEnumerable<string> Of(CRLDistPointsSyntax points) => points.Value.SelectMany(point => (IEnumerable<string>)
    [
        .. Name(point.DistributionPoint_),
        .. point.Reasons is { } reasons ? (string[])["Reasons:", "  " + Names(reasons)] : [],
        .. point.CRLIssuer is { } issuer ? ["CRL Issuer:", .. issuer.Value.Select(name => "  " + NameText.InPoint(name))] : (string[])[],
    ]);

    /// <summary>Writes the scope of a revocation list.</summary>
    /// <param name="scope">The extension.</param>
    public static IEnumerable<string> Of(IssuingDistPointSyntax scope) =>
    [
        .. Name(scope.DistributionPoint),
        .. Flag(scope.OnlyContainsUserCerts, "Only User Certificates"),
        .. Flag(scope.OnlyContainsCACerts, "Only CA Certificates"),
        .. Flag(scope.IndirectCRL, "Indirect CRL"),
        .. scope.OnlySomeReasons is { } reasons ? (string[])["Only Some Reasons:", "  " + Names(reasons)] : [],
        .. Flag(scope.OnlyContainsAttributeCerts, "Only Attribute Certificates"),
    ];

    /// <summary>Writes where something is.</summary>
    /// <param name="access">One of the places.</param>
    public static string Of(AccessDescription access) => $"{Method(access.AccessMethod)} - {NameText.Of(access.AccessLocation)}";

    /// <summary>Writes when a private key is used.</summary>
    /// <param name="period">The extension.</param>
    public static string Of(PrivateKeyUsagePeriod period) => string.Join(", ", new[]
    {
        period.NotBefore is { } from ? $"Not Before: {ShowText.OpenSslTime(from.ToDateTimeOffset())}" : null,
        period.NotAfter is { } to ? $"Not After: {ShowText.OpenSslTime(to.ToDateTimeOffset())}" : null,
    }.OfType<string>());

    private static IEnumerable<string> Qualifier(PolicyQualifierInfo qualifier)
    {
        if (qualifier.Qualifier is not { } value)
        {
            return [$"  Unknown Qualifier: {qualifier.PolicyQualifierId}"];
        }

        if (qualifier.PolicyQualifierId == PKIX1Explicit88Values.IdQtCps && CPSuri.TryDecode(value.Encoded, out var uri))
        {
            return [$"  CPS: {uri.Value}"];
        }

        return qualifier.PolicyQualifierId == PKIX1Explicit88Values.IdQtUnotice && UserNotice.TryDecode(value.Encoded, out var notice)
            ? ["  User Notice:", .. Notice(notice)]
            : [$"  Unknown Qualifier: {qualifier.PolicyQualifierId}"];
    }

    private static IEnumerable<string> Notice(UserNotice notice)
    {
        if (notice.NoticeRef is { } reference)
        {
            yield return $"    Organization: {Words(reference.Organization)}";
            yield return $"    Number{(reference.NoticeNumbers.Count > 1 ? "s" : "")}: {string.Join(", ", reference.NoticeNumbers)}";
        }

        if (notice.ExplicitText is { } text)
        {
            yield return $"    Explicit Text: {Words(text)}";
        }
    }

    private static string Words(DisplayText text) => text switch
    {
        DisplayText.Ia5String ia5 => ia5.Value.ToString(),
        DisplayText.VisibleString visible => visible.Value.ToString(),
        DisplayText.BmpString bmp => bmp.Value.ToString(),
        DisplayText.Utf8String utf8 => utf8.Value.ToString(),
        _ => "",
    };

    private static IEnumerable<string> Subtrees(string title, SequenceOf<GeneralSubtree>? subtrees) =>
        subtrees is { } given ? [title, .. given.Select(subtree => "  " + NameText.InPoint(subtree.Base))] : [];

    private static IEnumerable<string> Name(DistributionPointName? name) => name switch
    {
        DistributionPointName.FullName full => ["Full Name:", .. full.Value.Value.Select(location => "  " + NameText.InPoint(location))],
        DistributionPointName.NameRelativeToCRLIssuer relative => ["Relative Name:", $"  {NameText.Of(relative.Value)}"],
        _ => [],
    };

    private static string Names(ReasonFlags reasons) => string.Join(", ", Reasons.Where((_, bit) => reasons.Value[bit]));

    private static IEnumerable<string> Flag(bool isSet, string words) => isSet ? [words] : [];

    private static string Method(ObjectIdentifier method) => method.ToString() switch
    {
        "1.3.6.1.5.5.7.48.1" => "OCSP",
        "1.3.6.1.5.5.7.48.2" => "CA Issuers",
        "1.3.6.1.5.5.7.48.3" => "AD Time Stamping",
        "1.3.6.1.5.5.7.48.5" => "CA Repository",
        var other => other,
    };
}
