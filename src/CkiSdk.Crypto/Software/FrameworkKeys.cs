using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Turns keys of .NET into ours and back.</summary>
public static class FrameworkKeys
{
    /// <summary>Copies an RSA or elliptic-curve key of .NET whose private numbers can be exported.</summary>
    /// <param name="key">The key; it stays the caller's.</param>
    /// <returns>The key that signs, which the caller disposes.</returns>
    /// <exception cref="CryptoProviderException">The key is weak, outside the profile, or cannot be exported.</exception>
    public static IHashSigningKey ToSigningKey(this AsymmetricAlgorithm key)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var pkcs8 = Export(key);
        return key is RSA ? new SoftwareSigningKey(RsaPrivateKeys.Import(pkcs8)) : new SoftwareSigningKey(Pkcs8.Import(ECDsa.Create(), pkcs8));
    }

    /// <summary>Copies an RSA key of .NET whose private numbers can be exported.</summary>
    /// <param name="key">The key; it stays the caller's.</param>
    /// <returns>The key that decrypts, which the caller disposes.</returns>
    /// <exception cref="CryptoProviderException">The key is weak, or cannot be exported.</exception>
    public static IDecryptionKey ToDecryptionKey(this RSA key)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var pkcs8 = Export(key);
        return new SoftwareDecryptionKey(RsaPrivateKeys.Import(pkcs8));
    }

    /// <summary>Gives a key of ours, wherever it lives, as an <see cref="RSA"/> or <see cref="ECDsa"/> of .NET.</summary>
    /// <param name="key">The key, which stays the caller's and must live as long as the result.</param>
    /// <returns>A <see cref="KeyAsRsa"/> or a <see cref="KeyAsECDsa"/>, which the caller disposes.</returns>
    public static AsymmetricAlgorithm ToFramework(this IHashSigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Algorithms.Any(IsRsa) ? new KeyAsRsa(key) : new KeyAsECDsa(key);
    }

    private static bool IsRsa(SignatureAlgorithm algorithm) => algorithm is SignatureAlgorithm.RsaPkcs1Sha256 || SignatureAlgorithms.PssOf(algorithm) is not null;

    private static Secret Export(AsymmetricAlgorithm key)
    {
        try
        {
            return Pkcs8.Export(key);
        }
        catch (Exception e) when (e is CryptographicException or NotSupportedException)
        {
            throw new CryptoProviderException(CryptoError.UnsupportedKey, "The key cannot be exported.", e);
        }
    }
}
