namespace CkiSdk.Crypto;

/// <summary>Tells more about signature algorithms.</summary>
public static class SignatureAlgorithmExtensions
{
    /// <summary>Tells what must be permitted before signatures of an algorithm are verified.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>The permissions; <see cref="LegacyAlgorithms.None"/> for an algorithm of the profile.</returns>
    public static LegacyAlgorithms NeededPermission(this SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RsaPkcs1Sha1 or SignatureAlgorithm.EcdsaSha1 => LegacyAlgorithms.Sha1,
        SignatureAlgorithm.DsaSha256 => LegacyAlgorithms.Dsa,
        SignatureAlgorithm.DsaSha1 => LegacyAlgorithms.Dsa | LegacyAlgorithms.Sha1,
        _ => LegacyAlgorithms.None,
    };
}
