using System.Runtime.InteropServices;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace CkiSdk.Crypto.Software;

/// <summary>Signs by BouncyCastle's Ed25519 with a key in memory, which stays in one array that is zeroed.</summary>
public sealed class Ed25519SigningKey : ISigningKey, IExportableKey
{
    private readonly Secret _seed;
    private readonly byte[] _publicKey = new byte[Ed25519.PublicKeySize];

    /// <summary>Takes a private key.</summary>
    /// <param name="seed">The private key of RFC 8032 §5.1.5, 32 octets; copied.</param>
    /// <exception cref="CryptoProviderException">The key has another length.</exception>
    public Ed25519SigningKey(Secret seed)
    {
        ArgumentNullException.ThrowIfNull(seed);
        if (seed.Length != Ed25519.SecretKeySize)
            throw new CryptoProviderException(CryptoError.InvalidKey, "An Ed25519 key has 32 octets.");
        _seed = seed.Copy();
        Ed25519.GeneratePublicKey(Octets(), 0, _publicKey, 0);
        SubjectPublicKeyInfo = Ed25519Keys.EncodePublic(_publicKey);
    }

    /// <inheritdoc/>
    public KeyLocation Location => KeyLocation.Software;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SignatureAlgorithm> Algorithms { get; } = SignatureAlgorithms.OfSigner(KeyKind.Ed25519);

    /// <inheritdoc/>
    public ValueTask<byte[]> SignAsync(SignatureAlgorithm algorithm, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (algorithm != SignatureAlgorithm.Ed25519)
            throw new CryptoProviderException(CryptoError.UnsupportedAlgorithm, $"The key cannot sign by {algorithm}.");
        var octets = message.ToArray();
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(Octets(), 0, _publicKey, 0, octets, 0, octets.Length, signature, 0);
        return ValueTask.FromResult(signature);
    }

    /// <inheritdoc/>
    public Secret ExportPkcs8() => Ed25519Keys.EncodePrivate(_seed);

    /// <inheritdoc/>
    public void Dispose() => _seed.Dispose();

    // The library takes arrays; the secret's own one is pinned and zeroed, so it gets no copy.
    private byte[] Octets() => MemoryMarshal.TryGetArray<byte>(_seed.Memory, out var segment) && segment is { Offset: 0, Array: { } array } && array.Length == segment.Count
        ? array
        : throw new InvalidOperationException("A secret is one array.");
}
