using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Pki.Names;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Names certificates by issuer and serial number (RFC 5652 §10.2.4).</summary>
internal static class CertificateNames
{
    /// <summary>Names a certificate.</summary>
    public static IssuerAndSerialNumber Of(Certificate certificate) =>
        new() { Issuer = certificate.Issuer.Name, SerialNumber = certificate.Value.ToBeSigned.SerialNumber };

    /// <summary>Tells whether a certificate is meant.</summary>
    public static bool IsMeant(IssuerAndSerialNumber name, Certificate certificate) =>
        name.SerialNumber.Value == certificate.SerialNumber && DistinguishedName.From(name.Issuer).Equals(certificate.Issuer);
}
