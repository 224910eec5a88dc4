namespace CkiSdk.Pki.Keys;

/// <summary>Names the forms of keys in files.</summary>
public enum KeyForm
{
    /// <summary>PrivateKeyInfo (PKCS #8, RFC 5958), PEM label PRIVATE KEY.</summary>
    Pkcs8,

    /// <summary>EncryptedPrivateKeyInfo (PKCS #8, RFC 5958 §3), PEM label ENCRYPTED PRIVATE KEY.</summary>
    EncryptedPkcs8,

    /// <summary>RSAPrivateKey (PKCS #1, RFC 8017 A.1.2), PEM label RSA PRIVATE KEY.</summary>
    Pkcs1,

    /// <summary>ECPrivateKey (SEC 1, RFC 5915), PEM label EC PRIVATE KEY.</summary>
    Sec1,

    /// <summary>SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), PEM label PUBLIC KEY.</summary>
    Public,

    /// <summary>RSAPublicKey (PKCS #1, RFC 8017 A.1.1), PEM label RSA PUBLIC KEY.</summary>
    Pkcs1Public,
}
