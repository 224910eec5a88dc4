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
}
