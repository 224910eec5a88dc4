using System.Security.Cryptography;
using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Signs by the framework's RSA, or by libcrypto's ECDSA, with a key in memory; where libcrypto is absent, by the framework's ECDSA.</summary>
public sealed class SoftwareSigningKey : IHashSigningKey, IExportableKey
{
    private readonly AsymmetricAlgorithm _key;
    private readonly EcKeyHandle? _elliptic; // the same key
    private readonly RsaPssBinding? _binding;

    internal SoftwareSigningKey(AsymmetricAlgorithm key)
    {
        _key = PrivateKeyRules.Check(key, out var kind);
        Algorithms = SignatureAlgorithms.OfSigner(kind);
        SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo();
        if (key is ECDsa ecdsa && LibCryptoEcdsa.IsAvailable)
            _elliptic = LibCryptoEcdsa.Copy(kind, ecdsa);
    }

    internal SoftwareSigningKey(RSA key, RsaPssBinding binding)
        : this(key)
    {
        _binding = binding;
        Algorithms = binding.Algorithms;
        SubjectPublicKeyInfo = binding.Bind(SubjectPublicKeyInfo);
    }

    /// <inheritdoc/>
    public KeyLocation Location => KeyLocation.Software;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SignatureAlgorithm> Algorithms { get; }

    /// <inheritdoc/>
    public ValueTask<byte[]> SignAsync(SignatureAlgorithm algorithm, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Require(algorithm);
        return ValueTask.FromResult(_elliptic is { } elliptic
            ? LibCryptoEcdsa.Sign(elliptic, SignatureAlgorithms.HashOf(algorithm), message.Span)
            : SignatureAlgorithms.Sign(_key, algorithm, message.Span));
    }

    /// <inheritdoc/>
    public ValueTask<byte[]> SignHashAsync(SignatureAlgorithm algorithm, ReadOnlyMemory<byte> hash, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Require(algorithm);
        return hash.Length == HashAlgorithms.LengthOf(SignatureAlgorithms.HashOf(algorithm))
            ? ValueTask.FromResult(_elliptic is { } elliptic ? LibCryptoEcdsa.SignHash(elliptic, hash.Span) : SignatureAlgorithms.SignHash(_key, algorithm, hash.Span))
            : throw new ArgumentException("The hash value has not the length of the algorithm's hash function.", nameof(hash));
    }

    /// <inheritdoc/>
    public Secret ExportPkcs8()
    {
        var pkcs8 = Pkcs8.Export(_key);
        if (_binding is not { } binding)
            return pkcs8;
        using (pkcs8)
            return binding.Bind(pkcs8);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _elliptic?.Dispose();
        _key.Dispose();
    }

    private void Require(SignatureAlgorithm algorithm)
    {
        if (!Algorithms.Contains(algorithm))
            throw new CryptoProviderException(CryptoError.UnsupportedAlgorithm, $"The key cannot sign by {algorithm}.");
    }
}
