namespace CkiSdk.Crypto;

/// <summary>Names the hash functions of the profile (FIPS 180-4).</summary>
public enum DigestAlgorithm
{
    /// <summary>SHA-256, 32 octets.</summary>
    Sha256,

    /// <summary>SHA-384, 48 octets.</summary>
    Sha384,

    /// <summary>SHA-512, 64 octets.</summary>
    Sha512,

    /// <summary>SHA-1, 20 octets: for key identifiers, the parameters of OAEP, and old signatures by permission.</summary>
    Sha1,
}
