using System.Security.Cryptography;

namespace OwnProvider;

/// <summary>Stands for a service that keeps keys.</summary>
internal sealed class VaultService : IDisposable
{
    private readonly Dictionary<string, ECDsa> _keys = new(StringComparer.Ordinal) { ["issuing"] = ECDsa.Create(ECCurve.NamedCurves.nistP256) };

    /// <summary>Returns the public half of a key as the DER of a SubjectPublicKeyInfo; null where there is no such key.</summary>
    public ReadOnlyMemory<byte>? PublicKeyOf(string name) => _keys.TryGetValue(name, out var key) ? key.ExportSubjectPublicKeyInfo() : null;

    /// <summary>Signs, as the DER of an Ecdsa-Sig-Value.</summary>
    public async Task<byte[]> SignAsync(string name, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await Task.Delay(1, cancellationToken); // the way there and back
        return _keys[name].SignData(message.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _keys.Values) key.Dispose();
    }
}
