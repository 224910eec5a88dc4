using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;

namespace CkiSdk.Pki.Certificates;

/// <content>Decodes on first use what most callers never ask for; two threads may both decode, to the same value.</content>
internal sealed partial class CertificateContent
{
    private static readonly object Absent = new();

    private object? _subjectAltName;
    private object? _issuerAltName;
    private object? _policies;
    private object? _policyMappings;
    private object? _policyConstraints;
    private object? _inhibitAnyPolicy;
    private object? _crlDistributionPoints;
    private object? _freshestCrl;
    private object? _authorityInformation;
    private object? _subjectInformation;
    private object? _directoryAttributes;
    private object? _privateKeyUsagePeriod;

    public GeneralNames? SubjectAltName => Value<GeneralNames>(ref _subjectAltName, CertificateExtensionsValues.IdCeSubjectAltName);

    public GeneralNames? IssuerAltName => Value<GeneralNames>(ref _issuerAltName, CertificateExtensionsValues.IdCeIssuerAltName);

    public CertificatePoliciesSyntax? Policies => Value<CertificatePoliciesSyntax>(ref _policies, CertificateExtensionsValues.IdCeCertificatePolicies);

    public PolicyMappingsSyntax? PolicyMappings => Value<PolicyMappingsSyntax>(ref _policyMappings, CertificateExtensionsValues.IdCePolicyMappings);

    public PolicyConstraintsSyntax? PolicyConstraints =>
        Record<PolicyConstraintsSyntax>(ref _policyConstraints, CertificateExtensionsValues.IdCePolicyConstraints);

    public SkipCerts? InhibitAnyPolicy => Value<SkipCerts>(ref _inhibitAnyPolicy, CertificateExtensionsValues.IdCeInhibitAnyPolicy);

    public CRLDistPointsSyntax? CrlDistributionPoints =>
        Value<CRLDistPointsSyntax>(ref _crlDistributionPoints, CertificateExtensionsValues.IdCeCRLDistributionPoints);

    public CRLDistPointsSyntax? FreshestCrl => Value<CRLDistPointsSyntax>(ref _freshestCrl, CertificateExtensionsValues.IdCeFreshestCRL);

    public AuthorityInfoAccessSyntax? AuthorityInformation =>
        Value<AuthorityInfoAccessSyntax>(ref _authorityInformation, PKIX1Implicit88Values.IdPeAuthorityInfoAccess);

    public SubjectInfoAccessSyntax? SubjectInformation =>
        Value<SubjectInfoAccessSyntax>(ref _subjectInformation, PKIX1Implicit88Values.IdPeSubjectInfoAccess);

    public AttributesSyntax? DirectoryAttributes =>
        Value<AttributesSyntax>(ref _directoryAttributes, CertificateExtensionsValues.IdCeSubjectDirectoryAttributes);

    public PrivateKeyUsagePeriod? PrivateKeyUsagePeriod =>
        Record<PrivateKeyUsagePeriod>(ref _privateKeyUsagePeriod, CertificateExtensionsValues.IdCePrivateKeyUsagePeriod);

    /// <summary>Decodes every extension of RFC 5280 that is there.</summary>
    /// <exception cref="DerException">One is not the DER of its type.</exception>
    public void DecodeAll()
    {
        _ = SubjectAltName;
        _ = IssuerAltName;
        _ = Policies;
        _ = PolicyMappings;
        _ = PolicyConstraints;
        _ = InhibitAnyPolicy;
        _ = CrlDistributionPoints;
        _ = FreshestCrl;
        _ = AuthorityInformation;
        _ = SubjectInformation;
        _ = DirectoryAttributes;
        _ = PrivateKeyUsagePeriod;
    }

    private T? Record<T>(ref object? slot, ObjectIdentifier extnId)
        where T : class, IDerType<T>
    {
        slot ??= Content(extnId) is { } der ? Der.Decode<T>(der) : Absent;
        return slot as T;
    }

    private T? Value<T>(ref object? slot, ObjectIdentifier extnId)
        where T : struct, IDerType<T>
    {
        slot ??= Content(extnId) is { } der ? Der.Decode<T>(der) : Absent;
        return slot is T value ? value : null;
    }
}
