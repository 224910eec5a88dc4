using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Reads the public halves of keys in a token.</summary>
internal static class KeyReader
{
    /// <summary>Reads the public half of a private key: from itself, from the public key or from the certificate of the same CKA_ID, of which that with the same label is taken first.</summary>
    /// <returns>The key, or <see langword="null"/> if the token shows none, several of which none has the label, or one of another kind.</returns>
    public static TokenPublicKey? PublicKeyOf(ISession session, IObjectHandle handle)
    {
        if (PublicKeyOfPublic(session, handle) is { } own)
            return own;
        var id = TokenObjects.Octets(session, handle, CKA.CKA_ID);
        if (id.Length == 0)
            return null;
        var attributes = LibraryLoader.Factories.ObjectAttributeFactory;
        var label = TokenObjects.Text(session, handle, CKA.CKA_LABEL);
        return One(CKO.CKO_PUBLIC_KEY, found => PublicKeyOfPublic(session, found))
            ?? One(CKO.CKO_CERTIFICATE, found => OfCertificate(TokenObjects.Octets(session, found, CKA.CKA_VALUE)));

        TokenPublicKey? One(CKO objectClass, Func<IObjectHandle, TokenPublicKey?> read)
        {
            var keys = TokenObjects.Find(session, attributes.Create(CKA.CKA_CLASS, objectClass), attributes.Create(CKA.CKA_ID, id))
                .Select(found => (Label: TokenObjects.Text(session, found, CKA.CKA_LABEL), Key: read(found)))
                .Where(found => found.Key is not null).ToList();
            var named = keys.FindAll(found => found.Label == label);
            var different = (named.Count > 0 ? named : keys).DistinctBy(found => Convert.ToHexString(found.Key!.SubjectPublicKeyInfo.Span)).ToList();
            return different.Count == 1 ? different[0].Key : null; // nobody could tell whose half it is
        }
    }

    /// <summary>Reads a key from the attributes of the object itself.</summary>
    public static TokenPublicKey? PublicKeyOfPublic(ISession session, IObjectHandle handle)
    {
        if (TokenObjects.Number(session, handle, CKA.CKA_KEY_TYPE) == (ulong)CKK.CKK_RSA)
        {
            var modulus = TokenObjects.Octets(session, handle, CKA.CKA_MODULUS);
            var exponent = TokenObjects.Octets(session, handle, CKA.CKA_PUBLIC_EXPONENT);
            return modulus.Length == 0 || exponent.Length == 0 ? null : TokenPublicKey.Rsa(modulus, exponent);
        }

        var point = TokenObjects.Octets(session, handle, CKA.CKA_EC_POINT);
        return point.Length == 0 ? null : TokenPublicKey.Elliptic(TokenObjects.Octets(session, handle, CKA.CKA_EC_PARAMS), point);
    }

    private static TokenPublicKey? OfCertificate(byte[] der)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            return TokenPublicKey.From(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        }
        catch (CryptographicException)
        {
            return null; // whatever lies there is no certificate
        }
    }
}
