using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Verifies by the framework's RSA or ECDSA.</summary>
internal sealed class SoftwareVerificationKey(AsymmetricAlgorithm key, KeyKind kind) : IVerificationKey
{
    /// <inheritdoc/>
    public IReadOnlyList<SignatureAlgorithm> Algorithms { get; } = SignatureAlgorithms.Of(kind);

    /// <inheritdoc/>
    public bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!Algorithms.Contains(algorithm))
            return false;
        try
        {
            return SignatureAlgorithms.Verify(key, algorithm, message, signature);
        }
        catch (CryptographicException)
        {
            return false; // some malformed signatures surface as an error of the library
        }
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
