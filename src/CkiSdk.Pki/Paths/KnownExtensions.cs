using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;

namespace CkiSdk.Pki.Paths;

/// <summary>Lists the extensions that may be critical, because a path is held to them.</summary>
internal static class KnownExtensions
{
    // What distribution points and other names of the issuer say restricts nothing.
    private static readonly HashSet<ObjectIdentifier> Processed =
    [
        CertificateExtensionsValues.IdCeBasicConstraints,
        CertificateExtensionsValues.IdCeKeyUsage,
        CertificateExtensionsValues.IdCeExtKeyUsage,
        CertificateExtensionsValues.IdCeSubjectAltName,
        CertificateExtensionsValues.IdCeIssuerAltName,
        CertificateExtensionsValues.IdCeNameConstraints,
        CertificateExtensionsValues.IdCeCertificatePolicies,
        CertificateExtensionsValues.IdCePolicyMappings,
        CertificateExtensionsValues.IdCePolicyConstraints,
        CertificateExtensionsValues.IdCeInhibitAnyPolicy,
        CertificateExtensionsValues.IdCeCRLDistributionPoints,
        CertificateExtensionsValues.IdCeSubjectKeyIdentifier,
        CertificateExtensionsValues.IdCeAuthorityKeyIdentifier,
        CertificateExtensionsValues.IdCeFreshestCRL,
    ];

    public static bool AreProcessed(ObjectIdentifier extnId) => Processed.Contains(extnId);
}
