using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Verifies by libcrypto's ECDSA.</summary>
internal sealed class EcdsaVerificationKey(EcKeyHandle key, KeyKind kind, LegacyAlgorithms allowed) : IVerificationKey
{
    /// <inheritdoc/>
    public IReadOnlyList<SignatureAlgorithm> Algorithms { get; } = SignatureAlgorithms.OfVerifier(kind, allowed);

    /// <inheritdoc/>
    public bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Algorithms.Contains(algorithm)
        && SignatureAlgorithms.IsStrict(signature)
        && LibCryptoEcdsa.Verify(key, SignatureAlgorithms.HashOf(algorithm), message, signature);

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
