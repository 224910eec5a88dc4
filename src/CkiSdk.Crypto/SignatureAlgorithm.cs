namespace CkiSdk.Crypto;

/// <summary>Names the signature algorithms of the profile, and the old ones that are verified by permission only.</summary>
public enum SignatureAlgorithm
{
    /// <summary>sha256WithRSAEncryption (RFC 8017 §8.2).</summary>
    RsaPkcs1Sha256,

    /// <summary>RSASSA-PSS with SHA-256, MGF1-SHA-256 and a salt of 32 octets (RFC 8017 §8.1).</summary>
    RsaPssSha256,

    /// <summary>ecdsa-with-SHA256; the signature is the DER of Ecdsa-Sig-Value (RFC 5480).</summary>
    EcdsaSha256,

    /// <summary>ecdsa-with-SHA384; the signature is the DER of Ecdsa-Sig-Value (RFC 5480).</summary>
    EcdsaSha384,

    /// <summary>ecdsa-with-SHA512; the signature is the DER of Ecdsa-Sig-Value (RFC 5480).</summary>
    EcdsaSha512,

    /// <summary>sha384WithRSAEncryption (RFC 8017 §8.2).</summary>
    RsaPkcs1Sha384,

    /// <summary>sha512WithRSAEncryption (RFC 8017 §8.2).</summary>
    RsaPkcs1Sha512,

    /// <summary>RSASSA-PSS with SHA-384, MGF1-SHA-384 and a salt of 48 octets (RFC 8017 §8.1).</summary>
    RsaPssSha384,

    /// <summary>RSASSA-PSS with SHA-512, MGF1-SHA-512 and a salt of 64 octets (RFC 8017 §8.1).</summary>
    RsaPssSha512,

    /// <summary>Ed25519 without prehashing or context (RFC 8032 §5.1, RFC 8410); the signature has 64 octets.</summary>
    Ed25519,

    /// <summary>sha1WithRSAEncryption: verified by <see cref="LegacyAlgorithms.Sha1"/> only.</summary>
    RsaPkcs1Sha1,

    /// <summary>ecdsa-with-SHA1: verified by <see cref="LegacyAlgorithms.Sha1"/> only.</summary>
    EcdsaSha1,

    /// <summary>dsa-with-sha256 (RFC 5758 §3.1): verified by <see cref="LegacyAlgorithms.Dsa"/> only.</summary>
    DsaSha256,

    /// <summary>dsa-with-sha1 (RFC 3279 §2.2.2): verified by <see cref="LegacyAlgorithms.Dsa"/> together with <see cref="LegacyAlgorithms.Sha1"/> only.</summary>
    DsaSha1,
}
