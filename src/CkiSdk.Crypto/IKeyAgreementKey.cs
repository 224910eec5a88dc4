namespace CkiSdk.Crypto;

/// <summary>Agrees on secrets with an elliptic-curve private key that may lie in a token.</summary>
public interface IKeyAgreementKey : ILocatedKey
{
    /// <summary>Gets the public half as the DER of SubjectPublicKeyInfo.</summary>
    ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Computes the raw shared secret: the x-coordinate, as long as the field (SEC 1 §3.3.1).</summary>
    /// <param name="peerSubjectPublicKeyInfo">The DER of the peer's SubjectPublicKeyInfo: same curve, uncompressed point.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The raw secret; derive a key from it before use.</returns>
    /// <exception cref="CryptoProviderException">The peer's key is on another curve or its point on none, or the device failed.</exception>
    ValueTask<Secret> AgreeAsync(ReadOnlyMemory<byte> peerSubjectPublicKeyInfo, CancellationToken cancellationToken = default);
}
