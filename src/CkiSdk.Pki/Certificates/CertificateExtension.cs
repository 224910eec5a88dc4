using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.PKIX1Explicit88;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;

namespace CkiSdk.Pki.Certificates;

/// <summary>Makes extensions with the criticality that RFC 5280 §4.2.1 and the profile, section 2, demand.</summary>
public static class CertificateExtension
{
    /// <summary>Makes a critical keyUsage.</summary>
    /// <param name="usage">The uses.</param>
    /// <returns>The extension.</returns>
    public static Extension KeyUsage(KeyUsage usage) => Make(CertificateExtensionsValues.IdCeKeyUsage, critical: true, usage);

    /// <summary>Makes a critical basicConstraints of an authority.</summary>
    /// <param name="pathLength">How many authorities may follow; <see langword="null"/> for any number.</param>
    /// <returns>The extension.</returns>
    public static Extension Authority(Integer? pathLength = null) =>
        Make(CertificateExtensionsValues.IdCeBasicConstraints, critical: true, new BasicConstraintsSyntax { CA = true, PathLenConstraint = pathLength });

    /// <summary>Makes a subjectKeyIdentifier.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <returns>The extension.</returns>
    public static Extension SubjectKeyIdentifier(OctetString identifier) =>
        Make(CertificateExtensionsValues.IdCeSubjectKeyIdentifier, critical: false, new KeyIdentifier(identifier));

    /// <summary>Makes an authorityKeyIdentifier with nothing but the key identifier.</summary>
    /// <param name="identifier">The issuer's subject key identifier.</param>
    /// <returns>The extension.</returns>
    public static Extension AuthorityKeyIdentifier(OctetString identifier) =>
        Make(CertificateExtensionsValues.IdCeAuthorityKeyIdentifier, critical: false, new AuthorityKeyIdentifier { KeyIdentifier = new KeyIdentifier(identifier) });

    /// <summary>Makes an extKeyUsage.</summary>
    /// <param name="purposes">The purposes, at least one.</param>
    /// <returns>The extension.</returns>
    public static Extension ExtendedKeyUsage(params ObjectIdentifier[] purposes) =>
        Make(
            CertificateExtensionsValues.IdCeExtKeyUsage,
            critical: false,
            new ExtKeyUsageSyntax((SequenceOf<KeyPurposeId>)Array.ConvertAll(purposes, purpose => new KeyPurposeId(purpose))));

    /// <summary>Makes a subjectAltName.</summary>
    /// <param name="names">The names, at least one.</param>
    /// <returns>The extension.</returns>
    public static Extension SubjectAltName(params GeneralName[] names) => SubjectAltName(critical: false, names);

    /// <summary>Makes a subjectAltName, critical beside an empty subject (RFC 5280 §4.2.1.6).</summary>
    /// <param name="critical">Whether the subject is empty.</param>
    /// <param name="names">The names, at least one.</param>
    /// <returns>The extension.</returns>
    public static Extension SubjectAltName(bool critical, params GeneralName[] names) =>
        Make(CertificateExtensionsValues.IdCeSubjectAltName, critical, new GeneralNames((SequenceOf<GeneralName>)names));

    /// <summary>Makes certificatePolicies without qualifiers (RFC 5280 §4.2.1.4).</summary>
    /// <param name="policies">The policies, at least one.</param>
    /// <returns>The extension.</returns>
    public static Extension Policies(params ObjectIdentifier[] policies) => Make(
        CertificateExtensionsValues.IdCeCertificatePolicies,
        critical: false,
        new CertificatePoliciesSyntax((SequenceOf<PolicyInformation>)Array.ConvertAll(policies, policy => new PolicyInformation { PolicyIdentifier = new CertPolicyId(policy) })));

    /// <summary>Makes cRLDistributionPoints with one point (RFC 5280 §4.2.1.13).</summary>
    /// <param name="uris">Where the same list is, at least one.</param>
    /// <returns>The extension.</returns>
    public static Extension RevocationLists(params string[] uris) => RevocationListsOf(issuer: null, uris);

    /// <summary>Makes cRLDistributionPoints with one point whose list somebody else issues (RFC 5280 §4.2.1.13).</summary>
    /// <param name="issuer">Who issues the list, which is indirect then; <see langword="null"/> for the issuer of the certificate.</param>
    /// <param name="uris">Where the same list is; empty if it is where its issuer's entry in the directory is.</param>
    /// <returns>The extension.</returns>
    public static Extension RevocationListsOf(Names.DistinguishedName? issuer, params string[] uris) => Make(
        CertificateExtensionsValues.IdCeCRLDistributionPoints,
        critical: false,
        new CRLDistPointsSyntax((SequenceOf<DistributionPoint>)[
            new DistributionPoint
            {
                DistributionPoint_ = uris.Length == 0 ? null : new DistributionPointName.FullName(Uris(uris)),
                CRLIssuer = issuer is null ? null : new GeneralNames((SequenceOf<GeneralName>)[new GeneralName.DirectoryName(issuer.Name)]),
            }]));

    /// <summary>Makes authorityInfoAccess with the places of the issuer's certificate (RFC 5280 §4.2.2.1).</summary>
    /// <param name="uris">The places, at least one.</param>
    /// <returns>The extension.</returns>
    public static Extension Issuers(params string[] uris) => Make(
        PKIX1Implicit88Values.IdPeAuthorityInfoAccess,
        critical: false,
        new AuthorityInfoAccessSyntax((SequenceOf<AccessDescription>)Array.ConvertAll(
            uris, uri => new AccessDescription { AccessMethod = PKIX1Explicit88Values.IdAdCaIssuers, AccessLocation = new GeneralName.UniformResourceIdentifier(uri) })));

    /// <summary>Makes the domain of a CMA (id-cki-pe-domain), non-critical.</summary>
    /// <param name="domain">The domain.</param>
    /// <returns>The extension.</returns>
    public static Extension Domain(DomainRule domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return Make(CKIProfileValues.IdCkiPeDomain, critical: false, domain.ToNameConstraints());
    }

    /// <summary>Makes an extension of any type.</summary>
    /// <typeparam name="T">The type of its value.</typeparam>
    /// <param name="extnId">Its identifier.</param>
    /// <param name="critical">Whether a certificate user that does not know it must refuse the certificate.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The extension.</returns>
    public static Extension Make<T>(ObjectIdentifier extnId, bool critical, T value)
        where T : IDerType<T> => new() { ExtnId = extnId, Critical = critical, ExtnValue = Der.Encode(value) };

    private static GeneralNames Uris(string[] uris) =>
        new((SequenceOf<GeneralName>)Array.ConvertAll<string, GeneralName>(uris, uri => new GeneralName.UniformResourceIdentifier(uri)));
}
