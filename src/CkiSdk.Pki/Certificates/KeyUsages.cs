using CkiSdk.Asn1.Modules.ANSIX942;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;
using CkiSdk.Asn1.Modules.SafecurvesPkix18;

namespace CkiSdk.Pki.Certificates;

/// <summary>Says what the key of an end entity is made for (RFC 3279 §2.3, RFC 5480 §3, RFC 8410 §5).</summary>
internal static class KeyUsages
{
    /// <summary>Gives the uses of a key that signs where it can, and receives keys where it can.</summary>
    /// <param name="subjectPublicKeyInfo">The key.</param>
    /// <param name="agrees">Whether an elliptic-curve key that signs also receives messages.</param>
    public static KeyUsage Of(ReadOnlyMemory<byte> subjectPublicKeyInfo, bool agrees)
    {
        var algorithm = SubjectPublicKeyInfo.Decode(subjectPublicKeyInfo).Algorithm.Algorithm;
        if (algorithm == PKCS1Values.RsaEncryption)
            return KeyUsage.DigitalSignature | KeyUsage.KeyEncipherment;
        if (algorithm == ANSIX942Values.Dhpublicnumber || algorithm == SafecurvesPkix18Values.IdX25519)
            return KeyUsage.KeyAgreement;
        return agrees && algorithm == PKIX1Algorithms2008Values.IdEcPublicKey ? KeyUsage.DigitalSignature | KeyUsage.KeyAgreement : KeyUsage.DigitalSignature;
    }
}
