using Org.BouncyCastle.Math.EC.Rfc8032;

namespace CkiSdk.Crypto.Software;

/// <summary>Verifies by BouncyCastle's Ed25519, with the checks of RFC 8032 §5.1.7.</summary>
internal sealed class Ed25519VerificationKey(byte[] publicKey) : IVerificationKey
{
    /// <inheritdoc/>
    public IReadOnlyList<SignatureAlgorithm> Algorithms { get; } = SignatureAlgorithms.OfSigner(KeyKind.Ed25519);

    /// <inheritdoc/>
    public bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (algorithm != SignatureAlgorithm.Ed25519 || signature.Length != Ed25519.SignatureSize)
            return false;
        var octets = message.ToArray();
        return Ed25519.Verify(signature.ToArray(), 0, publicKey, 0, octets, 0, octets.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Public octets need no care.
    }
}
