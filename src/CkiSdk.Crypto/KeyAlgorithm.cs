namespace CkiSdk.Crypto;

/// <summary>Names the asymmetric keys that can be created.</summary>
public enum KeyAlgorithm
{
    /// <summary>RSA with a modulus of 2048 bits and e = 65537.</summary>
    Rsa2048,

    /// <summary>RSA with a modulus of 3072 bits and e = 65537.</summary>
    Rsa3072,

    /// <summary>RSA with a modulus of 4096 bits and e = 65537.</summary>
    Rsa4096,

    /// <summary>An elliptic-curve key on P-256.</summary>
    EcP256,

    /// <summary>An elliptic-curve key on P-384.</summary>
    EcP384,

    /// <summary>An elliptic-curve key on P-521.</summary>
    EcP521,

    /// <summary>An Ed25519 key (RFC 8032), which signs.</summary>
    Ed25519,
}
