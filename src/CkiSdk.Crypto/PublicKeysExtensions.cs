using System.Diagnostics.CodeAnalysis;

namespace CkiSdk.Crypto;

/// <summary>Adds the short forms of <see cref="IPublicKeys"/>.</summary>
public static class PublicKeysExtensions
{
    /// <summary>Imports a key that verifies signatures, without any permission for old algorithms.</summary>
    /// <param name="keys">The operations.</param>
    /// <param name="subjectPublicKeyInfo">The DER of SubjectPublicKeyInfo.</param>
    /// <param name="key">The key, which the caller disposes.</param>
    /// <param name="error">Why the key was refused, where the answer is <see langword="false"/>.</param>
    /// <returns><see langword="false"/> if the key is malformed, weak or outside the profile.</returns>
    public static bool TryImportVerificationKey(
        this IPublicKeys keys, ReadOnlySpan<byte> subjectPublicKeyInfo, [NotNullWhen(true)] out IVerificationKey? key, out CryptoError error)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.TryImportVerificationKey(subjectPublicKeyInfo, LegacyAlgorithms.None, out key, out error);
    }

    /// <summary>Encrypts a short secret by RSA-OAEP with SHA-256, MGF1-SHA-256 and an empty label (RFC 8017 §7.1).</summary>
    /// <param name="keys">The operations.</param>
    /// <param name="subjectPublicKeyInfo">The DER of the recipient's SubjectPublicKeyInfo.</param>
    /// <param name="plaintext">The secret, shorter than the modulus by at least 66 octets.</param>
    /// <returns>The ciphertext, as long as the modulus.</returns>
    /// <exception cref="CryptoProviderException">The key is malformed, weak or not RSA.</exception>
    public static byte[] Encrypt(this IPublicKeys keys, ReadOnlySpan<byte> subjectPublicKeyInfo, Secret plaintext)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.Encrypt(subjectPublicKeyInfo, RsaEncryptionScheme.OaepSha256, plaintext);
    }

    /// <summary>Imports a key that verifies signatures, where a refusal is an exception.</summary>
    /// <param name="keys">The operations.</param>
    /// <param name="subjectPublicKeyInfo">The DER of SubjectPublicKeyInfo.</param>
    /// <param name="allowed">What is permitted besides.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CryptoProviderException">The key is malformed, weak or outside the profile.</exception>
    public static IVerificationKey ImportVerificationKey(
        this IPublicKeys keys, ReadOnlySpan<byte> subjectPublicKeyInfo, LegacyAlgorithms allowed = LegacyAlgorithms.None)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.TryImportVerificationKey(subjectPublicKeyInfo, allowed, out var key, out var error)
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
