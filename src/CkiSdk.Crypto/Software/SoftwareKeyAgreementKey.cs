using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Agrees by the framework's elliptic curves with a key in memory.</summary>
public sealed class SoftwareKeyAgreementKey : IKeyAgreementKey, IExportableKey
{
    private readonly ECDiffieHellman _key;

    internal SoftwareKeyAgreementKey(ECDiffieHellman key)
    {
        _key = PrivateKeyRules.Check(key, out _);
        SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo();
    }

    /// <inheritdoc/>
    public KeyLocation Location => KeyLocation.Software;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <inheritdoc/>
    public ValueTask<Secret> AgreeAsync(ReadOnlyMemory<byte> peerSubjectPublicKeyInfo, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(EllipticAgreement.Agree(_key, peerSubjectPublicKeyInfo.Span));
    }

    /// <summary>Exports the private key as the DER of PrivateKeyInfo.</summary>
    /// <returns>The DER, owned by the caller.</returns>
    public Secret ExportPkcs8() => Pkcs8.Export(_key);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
