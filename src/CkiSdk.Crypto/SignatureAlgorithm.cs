namespace CkiSdk.Crypto;

/// <summary>Names the signature algorithms of the profile.</summary>
public enum SignatureAlgorithm
{
    /// <summary>sha256WithRSAEncryption (RFC 8017 §8.2).</summary>
    RsaPkcs1Sha256,

    /// <summary>RSASSA-PSS with SHA-256, MGF1-SHA-256 and a salt of 32 octets (RFC 8017 §8.1).</summary>
    RsaPssSha256,

    /// <summary>ecdsa-with-SHA256 by a P-256 key; the signature is the DER of Ecdsa-Sig-Value (RFC 5480).</summary>
    EcdsaP256Sha256,

    /// <summary>ecdsa-with-SHA384 by a P-384 key; the signature is the DER of Ecdsa-Sig-Value (RFC 5480).</summary>
    EcdsaP384Sha384,
}
