using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Verifies by the framework's ECDSA or DSA.</summary>
internal sealed class SoftwareVerificationKey(AsymmetricAlgorithm key, KeyKind kind, LegacyAlgorithms allowed) : IVerificationKey
{
    /// <inheritdoc/>
    public IReadOnlyList<SignatureAlgorithm> Algorithms { get; } = SignatureAlgorithms.OfVerifier(kind, allowed);

    /// <inheritdoc/>
    public bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Algorithms.Contains(algorithm) && SignatureAlgorithms.TryVerify(key, algorithm, message, signature);

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
