namespace CkiSdk.Pki.Keys;

/// <summary>Names the families of keys.</summary>
public enum KeyKind
{
    /// <summary>rsaEncryption.</summary>
    Rsa,

    /// <summary>id-RSASSA-PSS.</summary>
    RsaPss,

    /// <summary>An elliptic curve.</summary>
    EllipticCurve,

    /// <summary>Ed25519.</summary>
    Ed25519,

    /// <summary>Finite-field Diffie-Hellman: dhpublicnumber (X9.42), or dhKeyAgreement (PKCS #3).</summary>
    DiffieHellman,

    /// <summary>DSA.</summary>
    Dsa,

    /// <summary>Any other.</summary>
    Other,
}
