namespace CkiSdk.Crypto.Software;

/// <summary>Names the kinds of asymmetric keys, whatever their size.</summary>
internal enum KeyKind
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

    /// <summary>RSA that is bound to RSASSA-PSS (id-RSASSA-PSS, RFC 4055 §1.2).</summary>
    RsaPss,

    /// <summary>DSA, for verification only.</summary>
    Dsa,
}
