using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Signs by the framework's RSA or ECDSA with a key in memory.</summary>
public sealed class SoftwareSigningKey : ISigningKey
{
    private readonly AsymmetricAlgorithm _key;

    internal SoftwareSigningKey(AsymmetricAlgorithm key)
    {
        _key = PrivateKeyRules.Check(key, out var kind);
        Algorithms = SignatureAlgorithms.Of(kind);
        SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo();
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SignatureAlgorithm> Algorithms { get; }

    /// <inheritdoc/>
    public ValueTask<byte[]> SignAsync(SignatureAlgorithm algorithm, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Algorithms.Contains(algorithm))
            throw new CryptoProviderException(CryptoError.UnsupportedAlgorithm, $"The key cannot sign by {algorithm}.");
        return ValueTask.FromResult(SignatureAlgorithms.Sign(_key, algorithm, message.Span));
    }

    /// <summary>Exports the private key as the DER of PrivateKeyInfo.</summary>
    /// <returns>The DER, owned by the caller.</returns>
    public Secret ExportPkcs8() => Pkcs8.Export(_key);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
