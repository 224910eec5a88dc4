using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Computes raw elliptic-curve shared secrets.</summary>
internal static class EllipticAgreement
{
    /// <summary>Agrees with a peer whose key is on the same curve; the import checks that its point is on it.</summary>
    /// <exception cref="CryptoProviderException">The peer's key is malformed or on another curve.</exception>
    public static Secret Agree(ECDiffieHellman key, ReadOnlySpan<byte> peerSubjectPublicKeyInfo)
    {
        if (SubjectPublicKeys.Classify(peerSubjectPublicKeyInfo, out var kind) is { } error)
            throw new CryptoProviderException(error, $"The peer's public key was refused: {error}.");
        if (kind != KindOf(key))
            throw new CryptoProviderException(CryptoError.UnsupportedKey, "The peer's public key is not on the same curve.");
        try
        {
            using var peer = SubjectPublicKeys.Import(ECDiffieHellman.Create(), peerSubjectPublicKeyInfo);
            var raw = key.DeriveRawSecretAgreement(peer.PublicKey);
            var secret = Secret.From(raw);
            CryptographicOperations.ZeroMemory(raw);
            return secret;
        }
        catch (CryptographicException e)
        {
            throw new CryptoProviderException(CryptoError.InvalidPublicValue, "The peer's public key is no point on the curve.", e);
        }
    }

    private static KeyKind KindOf(ECDiffieHellman key) => key.KeySize switch
    {
        256 => KeyKind.EcP256,
        384 => KeyKind.EcP384,
        _ => KeyKind.EcP521,
    };
}
