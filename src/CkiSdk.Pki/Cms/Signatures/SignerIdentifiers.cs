using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Signatures;

/// <summary>Names the certificates of signers and finds them again (RFC 5652 §5.3).</summary>
internal static class SignerIdentifiers
{
    /// <summary>Names a certificate.</summary>
    /// <exception cref="ArgumentException">It has no subject key identifier by which to name it.</exception>
    public static SignerIdentifier Name(Certificate certificate, bool useKeyIdentifier)
    {
        if (!useKeyIdentifier)
            return new SignerIdentifier.IssuerAndSerialNumber(RecipientCertificates.Name(certificate));
        return certificate.SubjectKeyIdentifier is { } identifier
            ? new SignerIdentifier.SubjectKeyIdentifier(new SubjectKeyIdentifier(identifier))
            : throw new ArgumentException("The certificate has no subject key identifier.", nameof(certificate));
    }

    /// <summary>Tells whether a certificate is meant.</summary>
    public static bool IsMeant(SignerIdentifier identifier, Certificate certificate) => identifier switch
    {
        SignerIdentifier.IssuerAndSerialNumber { Value: var name } => RecipientCertificates.IsMeant(name, certificate),
        SignerIdentifier.SubjectKeyIdentifier { Value: var key } => certificate.SubjectKeyIdentifier == (OctetString?)key.Value,
        _ => false,
    };

    /// <summary>Describes a signer whose certificate is not known.</summary>
    public static string Describe(SignerIdentifier identifier) => identifier switch
    {
        SignerIdentifier.IssuerAndSerialNumber { Value: var name } =>
            $"serial number {Convert.ToHexStringLower(name.SerialNumber.Value.Octets.Span)} of {Names.DistinguishedName.From(name.Issuer)}",
        SignerIdentifier.SubjectKeyIdentifier { Value: var key } => $"key identifier {key.Value.ToHex()}",
        _ => "unknown",
    };
}
