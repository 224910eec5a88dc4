using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Protocol.Options;

/// <summary>Is a CMA certificate with its key. A CMA has two while it changes from one to the next.</summary>
/// <param name="Certificate">The CMA certificate.</param>
/// <param name="Key">Its key.</param>
/// <param name="Algorithm">The algorithm that certificates and CRLs are signed with.</param>
public sealed record CmaSigner(Certificate Certificate, ISigningKey Key, SignatureAlgorithm Algorithm);
