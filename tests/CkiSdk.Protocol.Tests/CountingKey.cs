using CkiSdk.Crypto;

namespace CkiSdk.Protocol.Tests;

/// <summary>Counts the signatures of a key.</summary>
internal sealed class CountingKey : ISigningKey
{
    private ISigningKey? _key;
    private int _signatures;

    public int Signatures => _signatures;

    public KeyLocation Location => _key!.Location;

    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => _key!.SubjectPublicKeyInfo;

    public IReadOnlyList<SignatureAlgorithm> Algorithms => _key!.Algorithms;

    public CountingKey Around(ISigningKey key)
    {
        _key = key;
        return this;
    }

    public ValueTask<byte[]> SignAsync(SignatureAlgorithm algorithm, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _signatures);
        return _key!.SignAsync(algorithm, message, cancellationToken);
    }

    public void Dispose() => _key?.Dispose();
}
