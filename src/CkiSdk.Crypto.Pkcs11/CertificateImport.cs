using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Puts certificates into tokens.</summary>
internal static class CertificateImport
{
    /// <summary>Makes the certificate object.</summary>
    public static Pkcs11Uri Run(TokenLink link, ISession session, string label, byte[] id, byte[] der)
    {
        using var certificate = Load(der);
        if (id.Length == 0)
            id = IdOfKey(session, certificate.PublicKey.ExportSubjectPublicKeyInfo());
        var attributes = LibraryLoader.Factories.ObjectAttributeFactory;
        List<IObjectAttribute> template =
        [
            attributes.Create(CKA.CKA_CLASS, CKO.CKO_CERTIFICATE),
            attributes.Create(CKA.CKA_CERTIFICATE_TYPE, CKC.CKC_X_509),
            attributes.Create(CKA.CKA_TOKEN, true),
            attributes.Create(CKA.CKA_PRIVATE, false),
            attributes.Create(CKA.CKA_LABEL, label),
            attributes.Create(CKA.CKA_ID, id),
            attributes.Create(CKA.CKA_SUBJECT, certificate.SubjectName.RawData),
            attributes.Create(CKA.CKA_ISSUER, certificate.IssuerName.RawData),
            attributes.Create(CKA.CKA_SERIAL_NUMBER, SerialNumber(certificate)),
            attributes.Create(CKA.CKA_VALUE, der),
        ];
        TokenObjects.Create(session, template);
        return new Pkcs11Uri { Token = link.Description.Label, Object = label, Id = id, Type = "cert" };
    }

    private static X509Certificate2 Load(byte[] der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der);
        }
        catch (CryptographicException exception)
        {
            throw new CryptoProviderException(CryptoError.InvalidKey, "The octets are no X.509 certificate.", exception);
        }
    }

    private static byte[] SerialNumber(X509Certificate2 certificate)
    {
        var number = certificate.SerialNumberBytes.Span;
        return [0x02, (byte)number.Length, .. number]; // CKA_SERIAL_NUMBER is the DER; RFC 5280 allows 20 octets
    }

    private static byte[] IdOfKey(ISession session, byte[] subjectPublicKeyInfo)
    {
        var attributes = LibraryLoader.Factories.ObjectAttributeFactory;
        foreach (var handle in TokenObjects.Find(session, attributes.Create(CKA.CKA_CLASS, CKO.CKO_PUBLIC_KEY)))
        {
            if (KeyReader.PublicKeyOfPublic(session, handle)?.SubjectPublicKeyInfo.Span.SequenceEqual(subjectPublicKeyInfo) == true)
                return TokenObjects.Octets(session, handle, CKA.CKA_ID);
        }

        return SHA256.HashData(subjectPublicKeyInfo)[..20];
    }
}
