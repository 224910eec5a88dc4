using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Paths;

/// <summary>Holds what one validation has at hand.</summary>
/// <param name="Anchors">The anchors by name.</param>
/// <param name="Pool">The certificates that may stand between.</param>
/// <param name="Signatures">What verifies.</param>
/// <param name="Options">For what the certificate must be valid.</param>
/// <param name="Provider">What judges the key at the end of the path.</param>
internal sealed record PathContext(
    IReadOnlyDictionary<DistinguishedName, TrustAnchor[]> Anchors, CertificatePool Pool, SignatureChecks Signatures, PathOptions Options, CryptoProvider Provider)
{
    /// <summary>Finds the anchors of a name.</summary>
    public IReadOnlyList<TrustAnchor> FindAnchors(DistinguishedName name) => Anchors.TryGetValue(name, out var found) ? found : [];

    /// <summary>Finds the anchor that is a certificate itself.</summary>
    public TrustAnchor? FindAnchor(Certificate certificate) => FindAnchors(certificate.Subject).FirstOrDefault(anchor => certificate.Equals(anchor.Certificate));
}
