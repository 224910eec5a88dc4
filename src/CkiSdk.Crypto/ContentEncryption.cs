namespace CkiSdk.Crypto;

/// <summary>Names the algorithms that encrypt contents.</summary>
public enum ContentEncryption
{
    /// <summary>AES-128 in Galois/Counter mode (RFC 5084).</summary>
    Aes128Gcm,

    /// <summary>AES-192 in Galois/Counter mode (RFC 5084).</summary>
    Aes192Gcm,

    /// <summary>AES-256 in Galois/Counter mode (RFC 5084).</summary>
    Aes256Gcm,

    /// <summary>AES-128 in cipher block chaining mode (RFC 3565); it authenticates nothing.</summary>
    Aes128Cbc,

    /// <summary>AES-192 in cipher block chaining mode (RFC 3565); it authenticates nothing.</summary>
    Aes192Cbc,

    /// <summary>AES-256 in cipher block chaining mode (RFC 3565); it authenticates nothing.</summary>
    Aes256Cbc,

    /// <summary>Triple DES with three keys in cipher block chaining mode (RFC 3370 §5.1); only to read what is old.</summary>
    TripleDesCbc,
}
