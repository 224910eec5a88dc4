namespace CkiSdk.Crypto;

/// <summary>Permits algorithms for the verification of old signatures; nothing creates new ones with them.</summary>
[Flags]
public enum LegacyAlgorithms
{
    /// <summary>None: what everybody should pass.</summary>
    None = 0,

    /// <summary>Signatures over SHA-1, for which collisions can be bought.</summary>
    Sha1 = 1,

    /// <summary>DSA keys (FIPS 186-4), modulus of 1024 bits or more.</summary>
    Dsa = 2,

    /// <summary>RSA keys whose public exponent is odd but below 65537, such as 3.</summary>
    SmallExponents = 4,
}
