using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKIX1PSSOAEPAlgorithms;

namespace CkiSdk.Pki.Algorithms;

/// <summary>Names the hash functions that stand in the parameters of other algorithms.</summary>
internal static class DigestIdentifiers
{
    /// <summary>Gets SHA-256 with the NULL that RFC 4055 §2.1 demands inside RSA parameters.</summary>
    public static AlgorithmIdentifier Sha256 { get; } = new() { Algorithm = PKIX1PSSOAEPAlgorithmsValues.IdSha256, Parameters = AnyValue.Null };
}
