using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace CkiSdk.Benchmarks.Peers;

/// <summary>Decodes certificates with BouncyCastle.</summary>
internal static class BouncyCertificates
{
    /// <summary>Decodes all parts; the structure makes its fields when it is made, the list of extensions when it is asked for.</summary>
    public static X509CertificateStructure Decode(byte[] der)
    {
        var certificate = X509CertificateStructure.GetInstance(Asn1Object.FromByteArray(der));
        _ = certificate.TbsCertificate.Extensions;
        return certificate;
    }
}
