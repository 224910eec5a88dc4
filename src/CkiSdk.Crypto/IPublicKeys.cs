using System.Diagnostics.CodeAnalysis;

namespace CkiSdk.Crypto;

/// <summary>Does what other people's public keys are for: verify signatures and protect keys to their owners.</summary>
public interface IPublicKeys
{
    /// <summary>Imports a key that verifies signatures: RSA of at least 2048 bits (rsaEncryption or id-RSASSA-PSS), P-256, P-384, P-521 or Ed25519.</summary>
    /// <param name="subjectPublicKeyInfo">The DER of SubjectPublicKeyInfo.</param>
    /// <param name="allowed">What is permitted besides.</param>
    /// <param name="key">The key, which the caller disposes.</param>
    /// <param name="error">Why the key was refused, where the answer is <see langword="false"/>.</param>
    /// <returns><see langword="false"/> if the key is malformed, weak or outside the profile.</returns>
    bool TryImportVerificationKey(
        ReadOnlySpan<byte> subjectPublicKeyInfo, LegacyAlgorithms allowed, [NotNullWhen(true)] out IVerificationKey? key, out CryptoError error);

    /// <summary>Encrypts a short secret by RSA (RFC 8017 §7).</summary>
    /// <param name="subjectPublicKeyInfo">The DER of the recipient's SubjectPublicKeyInfo.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="plaintext">The secret, shorter than the modulus by at least 2 + 2 hash lengths (OAEP) or 11 octets.</param>
    /// <returns>The ciphertext, as long as the modulus.</returns>
    /// <exception cref="ArgumentException">The secret is too long.</exception>
    /// <exception cref="CryptoProviderException">The key is malformed, weak or not RSA.</exception>
    byte[] Encrypt(ReadOnlySpan<byte> subjectPublicKeyInfo, RsaEncryptionScheme scheme, Secret plaintext);

    /// <summary>Agrees with an elliptic-curve public key by a new ephemeral key (ephemeral-static).</summary>
    /// <param name="subjectPublicKeyInfo">The DER of the recipient's SubjectPublicKeyInfo.</param>
    /// <returns>The ephemeral public key and the raw shared secret.</returns>
    /// <exception cref="CryptoProviderException">The key is malformed, off its curve or on no curve of the profile.</exception>
    EphemeralAgreement AgreeEphemeral(ReadOnlySpan<byte> subjectPublicKeyInfo);
}
