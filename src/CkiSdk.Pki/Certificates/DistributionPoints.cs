using CkiSdk.Asn1.Modules.CertificateExtensions;

namespace CkiSdk.Pki.Certificates;

/// <summary>Looks at the names of distribution points of revocation lists.</summary>
internal static class DistributionPoints
{
    /// <summary>Tells whether a name consists of URIs only.</summary>
    public static bool AreLocations(DistributionPointName name) =>
        name is DistributionPointName.FullName full && full.Value.Value.All(location => location is GeneralName.UniformResourceIdentifier);
}
