using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;

namespace CkiSdk.Pki.Keys;

/// <summary>Knows the names of elliptic curves.</summary>
internal static class NamedCurves
{
    private static readonly Dictionary<ObjectIdentifier, NamedCurve> Known = new()
    {
        [PKIX1Algorithms2008Values.Secp256r1] = new("P-256", 256),
        [PKIX1Algorithms2008Values.Secp384r1] = new("P-384", 384),
        [PKIX1Algorithms2008Values.Secp521r1] = new("P-521", 521),
        [ObjectIdentifier.Parse("1.3.132.0.33")] = new("P-224", 224),
        [ObjectIdentifier.Parse("1.3.132.0.10")] = new("secp256k1", 256),
        [ObjectIdentifier.Parse("1.3.36.3.3.2.8.1.1.7")] = new("brainpoolP256r1", 256),
        [ObjectIdentifier.Parse("1.3.36.3.3.2.8.1.1.11")] = new("brainpoolP384r1", 384),
        [ObjectIdentifier.Parse("1.3.36.3.3.2.8.1.1.13")] = new("brainpoolP512r1", 512),
    };

    /// <summary>Names a curve; one that is unknown by its object identifier.</summary>
    public static NamedCurve Of(ObjectIdentifier oid) => Known.TryGetValue(oid, out var curve) ? curve : new NamedCurve(oid.ToString(), 0);
}
