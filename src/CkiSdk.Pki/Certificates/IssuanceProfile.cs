using System.Diagnostics.CodeAnalysis;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;

namespace CkiSdk.Pki.Certificates;

/// <summary>Is a kind of certificate that an authority issues: what is in it, and what of a request is honoured.</summary>
/// <remarks>The kinds of the CKI, a CMA and those below it, are made by <see cref="CertificateProfiles"/>.</remarks>
public sealed class IssuanceProfile
{
    private readonly ObjectIdentifier[] _purposes;
    private readonly Func<GeneralName, bool> _admits;

    private IssuanceProfile(string name, LintRules rules, ObjectIdentifier[] purposes, Func<GeneralName, bool> admits) =>
        (Name, Rules, _purposes, _admits) = (name, rules, purposes, admits);

    /// <summary>Gets a root: an authority that signs itself.</summary>
    public static IssuanceProfile Root { get; } = new("root", LintRules.Rfc5280, [], _ => false);

    /// <summary>Gets an authority below another one.</summary>
    public static IssuanceProfile Intermediate { get; } = new("intermediate", LintRules.Rfc5280, [], _ => false);

    /// <summary>Gets a TLS server, which has hosts or addresses.</summary>
    public static IssuanceProfile TlsServer { get; } = new(
        "tls-server", LintRules.Rfc5280 | LintRules.WebPki, [PKIX1Implicit88Values.IdKpServerAuth], name => name is GeneralName.DNSName or GeneralName.IPAddress);

    /// <summary>Gets a TLS client.</summary>
    public static IssuanceProfile TlsClient { get; } = new(
        "tls-client", LintRules.Rfc5280, [PKIX1Implicit88Values.IdKpClientAuth], name => name is GeneralName.DNSName or GeneralName.Rfc822Name or GeneralName.UniformResourceIdentifier);

    /// <summary>Gets a user of S/MIME, who has mailboxes.</summary>
    public static IssuanceProfile Mail { get; } = new("mail", LintRules.Rfc5280, [PKIX1Implicit88Values.IdKpEmailProtection], name => name is GeneralName.Rfc822Name);

    /// <summary>Gets a user: TLS client and S/MIME.</summary>
    public static IssuanceProfile User { get; } = new(
        "user", LintRules.Rfc5280, [PKIX1Implicit88Values.IdKpClientAuth, PKIX1Implicit88Values.IdKpEmailProtection], name => name is GeneralName.Rfc822Name or GeneralName.UniformResourceIdentifier);

    /// <summary>Gets all profiles.</summary>
    public static IReadOnlyList<IssuanceProfile> All { get; } = [Root, Intermediate, TlsServer, TlsClient, Mail, User];

    /// <summary>Gets the name on the command line.</summary>
    public string Name { get; }

    /// <summary>Gets the rules that such a certificate must keep to be signed.</summary>
    public LintRules Rules { get; }

    /// <summary>Gets whether it is that of an authority.</summary>
    public bool IsAuthority => this == Root || this == Intermediate;

    /// <summary>Finds a profile by its name.</summary>
    /// <param name="name">The name; <c>tls</c> stands for <c>tls-server</c>, <c>smime</c> for <c>mail</c>.</param>
    /// <param name="profile">The profile.</param>
    /// <returns><see langword="false"/> if there is none.</returns>
    public static bool TryParse(string name, [NotNullWhen(true)] out IssuanceProfile? profile)
    {
        var whole = name switch { "smime" => Mail.Name, "tls" => TlsServer.Name, _ => name };
        profile = All.FirstOrDefault(candidate => candidate.Name.Equals(whole, StringComparison.OrdinalIgnoreCase));
        return profile is not null;
    }

    /// <summary>Tells whether a name of a request is honoured.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether names of its form belong into such a certificate.</returns>
    public bool Admits(GeneralName name) => _admits(name);

    /// <summary>Makes the template of a certificate.</summary>
    /// <param name="details">What is in it besides.</param>
    /// <returns>The template.</returns>
    /// <exception cref="DerException">The public key is no SubjectPublicKeyInfo.</exception>
    public CertificateTemplate Make(IssuanceDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        return new CertificateTemplate
        {
            Subject = details.Subject,
            SubjectPublicKeyInfo = details.SubjectPublicKeyInfo,
            NotBefore = details.NotBefore,
            NotAfter = details.NotAfter,
            Extensions = ExtensionsOf(details),
            Rules = Rules,
        };
    }

    private List<Extension> ExtensionsOf(IssuanceDetails details)
    {
        var extensions = new List<Extension>();
        if (IsAuthority)
            extensions.Add(CertificateExtension.Authority(details.PathLength is { } limit ? limit : default(Integer?)));
        extensions.Add(CertificateExtension.KeyUsage(IsAuthority ? KeyUsage.KeyCertSign | KeyUsage.CRLSign : KeyUsages.Of(details.SubjectPublicKeyInfo, agrees: this == Mail || this == User)));
        if (_purposes.Length > 0)
            extensions.Add(CertificateExtension.ExtendedKeyUsage(_purposes));
        if (details.AlternativeNames.Count > 0)
            extensions.Add(CertificateExtension.SubjectAltName(critical: details.Subject.Count == 0, [.. details.AlternativeNames]));
        if (details.NameConstraints is { } constraints)
            extensions.Add(CertificateExtension.Make(CertificateExtensionsValues.IdCeNameConstraints, critical: true, constraints));
        if (details.Policies.Count > 0)
            extensions.Add(CertificateExtension.Policies([.. details.Policies]));
        if (details.RevocationListLocations.Count > 0 || details.RevocationListIssuer is not null)
            extensions.Add(CertificateExtension.RevocationListsOf(details.RevocationListIssuer, [.. details.RevocationListLocations]));
        if (details.IssuerLocations.Count > 0)
            extensions.Add(CertificateExtension.Issuers([.. details.IssuerLocations]));
        extensions.Add(CertificateExtension.SubjectKeyIdentifier(CertificateProfiles.KeyIdentifierOf(details.SubjectPublicKeyInfo)));
        return extensions;
    }
}
