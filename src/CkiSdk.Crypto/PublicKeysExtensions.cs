namespace CkiSdk.Crypto;

/// <summary>Adds the short forms of <see cref="IPublicKeys"/>.</summary>
public static class PublicKeysExtensions
{
    /// <summary>Imports a key that verifies signatures, where a refusal is an exception.</summary>
    /// <param name="keys">The operations.</param>
    /// <param name="subjectPublicKeyInfo">The DER of SubjectPublicKeyInfo.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CryptoProviderException">The key is malformed, weak or outside the profile.</exception>
    public static IVerificationKey ImportVerificationKey(this IPublicKeys keys, ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.TryImportVerificationKey(subjectPublicKeyInfo, out var key, out var error)
            ? key
            : throw new CryptoProviderException(error, $"The public key was refused: {error}.");
    }

    /// <summary>Verifies one signature by a key that is not needed again.</summary>
    /// <param name="keys">The operations.</param>
    /// <param name="subjectPublicKeyInfo">The DER of the signer's SubjectPublicKeyInfo.</param>
    /// <param name="algorithm">The algorithm that the signed structure names.</param>
    /// <param name="message">The octets that were signed.</param>
    /// <param name="signature">The signature value.</param>
    /// <returns><see langword="false"/> if the key was refused or the signature is wrong.</returns>
    public static bool Verify(
        this IPublicKeys keys,
        ReadOnlySpan<byte> subjectPublicKeyInfo,
        SignatureAlgorithm algorithm,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (!keys.TryImportVerificationKey(subjectPublicKeyInfo, out var key, out _))
            return false;
        using (key)
            return key.Verify(algorithm, message, signature);
    }
}
