using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Names the certificates of recipients and finds them again (RFC 5652 §6.2.1, §6.2.2).</summary>
internal static class RecipientNames
{
    /// <summary>Names a certificate for key transport.</summary>
    public static RecipientIdentifier ForTransport(Certificate certificate, bool useKeyIdentifier) => useKeyIdentifier
        ? new RecipientIdentifier.SubjectKeyIdentifier(new SubjectKeyIdentifier(KeyIdentifierOf(certificate)))
        : new RecipientIdentifier.IssuerAndSerialNumber(RecipientCertificates.Name(certificate));

    /// <summary>Names a certificate for key agreement.</summary>
    public static KeyAgreeRecipientIdentifier ForAgreement(Certificate certificate, bool useKeyIdentifier) => useKeyIdentifier
        ? new KeyAgreeRecipientIdentifier.RKeyId(new RecipientKeyIdentifier { SubjectKeyIdentifier = new SubjectKeyIdentifier(KeyIdentifierOf(certificate)) })
        : new KeyAgreeRecipientIdentifier.IssuerAndSerialNumber(RecipientCertificates.Name(certificate));

    /// <summary>Tells whether a certificate is meant.</summary>
    public static bool IsMeant(RecipientIdentifier identifier, Certificate certificate) => identifier switch
    {
        RecipientIdentifier.IssuerAndSerialNumber { Value: var name } => RecipientCertificates.IsMeant(name, certificate),
        RecipientIdentifier.SubjectKeyIdentifier { Value: var key } => certificate.SubjectKeyIdentifier == (OctetString?)key.Value,
        _ => false,
    };

    /// <summary>Tells whether a certificate is meant.</summary>
    public static bool IsMeant(KeyAgreeRecipientIdentifier identifier, Certificate certificate) => identifier switch
    {
        KeyAgreeRecipientIdentifier.IssuerAndSerialNumber { Value: var name } => RecipientCertificates.IsMeant(name, certificate),
        KeyAgreeRecipientIdentifier.RKeyId { Value: var key } => certificate.SubjectKeyIdentifier == (OctetString?)key.SubjectKeyIdentifier.Value,
        _ => false,
    };

    private static OctetString KeyIdentifierOf(Certificate certificate) =>
        certificate.SubjectKeyIdentifier ?? throw new ArgumentException("The certificate has no subject key identifier.", nameof(certificate));
}
