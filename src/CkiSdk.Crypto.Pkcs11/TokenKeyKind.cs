namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Names the kinds of asymmetric keys with a SubjectPublicKeyInfo that tokens hold.</summary>
internal enum TokenKeyKind
{
    /// <summary>RSA.</summary>
    Rsa,

    /// <summary>An elliptic-curve key on P-256.</summary>
    EcP256,

    /// <summary>An elliptic-curve key on P-384.</summary>
    EcP384,

    /// <summary>An elliptic-curve key on P-521.</summary>
    EcP521,

    /// <summary>Ed25519.</summary>
    Ed25519,
}
