using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Derives keys from a symmetric key in memory.</summary>
public sealed class SoftwareSecretKey : ISecretKey
{
    private readonly Secret _octets;

    internal SoftwareSecretKey(Secret octets)
    {
        if (octets.Length < SHA256.HashSizeInBytes)
            throw new CryptoProviderException(CryptoError.WeakKey, "The secret key is shorter than 32 octets.");
        _octets = octets.Copy();
    }

    /// <inheritdoc/>
    public KeyLocation Location => KeyLocation.Software;

    /// <inheritdoc/>
    public ValueTask<Secret> DeriveAsync(ReadOnlyMemory<byte> context, int length, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Hkdf.Expand(_octets, context.Span, length));
    }

    /// <inheritdoc/>
    public bool TryDerive(ReadOnlySpan<byte> context, Span<byte> derived)
    {
        Hkdf.Expand(_octets.Span, context, derived);
        return true;
    }

    /// <summary>Exports the key.</summary>
    /// <returns>A copy, owned by the caller.</returns>
    public Secret Export() => _octets.Copy();

    /// <inheritdoc/>
    public void Dispose() => _octets.Dispose();
}
