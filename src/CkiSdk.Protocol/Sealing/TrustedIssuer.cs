using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Is a CMA whose send and receive certificates are trusted.</summary>
/// <param name="Certificate">The CMA certificate; that it is trusted was decided before.</param>
/// <param name="RevocationList">The latest list of the CMA; without a current one nothing is sealed or opened.</param>
public sealed record TrustedIssuer(Certificate Certificate, RevocationList? RevocationList)
{
    /// <summary>Gets a value indicating whether a CRL of its own issuer revokes the CMA certificate (CKI Part 2 ¶104).</summary>
    public bool IsRevoked { get; init; }
}
