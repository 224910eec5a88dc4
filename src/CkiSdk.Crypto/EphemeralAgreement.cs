namespace CkiSdk.Crypto;

/// <summary>Holds the two results of an ephemeral key agreement.</summary>
/// <param name="subjectPublicKeyInfo">The DER of the ephemeral key's SubjectPublicKeyInfo.</param>
/// <param name="sharedSecret">The raw shared secret, owned by this object.</param>
public sealed class EphemeralAgreement(ReadOnlyMemory<byte> subjectPublicKeyInfo, Secret sharedSecret) : IDisposable
{
    /// <summary>Gets the ephemeral public key, to be sent to the recipient.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; } = subjectPublicKeyInfo;

    /// <summary>Gets the raw shared secret; derive a key from it before use.</summary>
    public Secret SharedSecret { get; } = sharedSecret;

    /// <summary>Zeroes the shared secret.</summary>
    public void Dispose() => SharedSecret.Dispose();
}
