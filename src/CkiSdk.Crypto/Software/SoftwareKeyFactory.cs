using System.Security.Cryptography;
using CkiSdk.Asn1.Modules.PKCS8;

namespace CkiSdk.Crypto.Software;

/// <summary>Creates and imports keys in memory.</summary>
/// <param name="random">Draws exponents and symmetric keys; RSA and elliptic-curve keys come from the framework's own generator.</param>
/// <param name="arithmetic">Computes for the Diffie-Hellman keys.</param>
public sealed class SoftwareKeyFactory(IRandomSource random, IDiffieHellman arithmetic) : IKeyFactory
{
    private const int SecretKeyLength = 32;

    /// <inheritdoc/>
    public ValueTask<ISigningKey> CreateSigningKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<ISigningKey>(algorithm switch
        {
            KeyAlgorithm.Ed25519 => CreateEd25519(),
            _ when IsRsa(algorithm) => new SoftwareSigningKey(RSA.Create(RsaBits(algorithm))),
            _ => new SoftwareSigningKey(ECDsa.Create(Curve(algorithm))),
        });
    }

    /// <inheritdoc/>
    public ValueTask<IDecryptionKey> CreateDecryptionKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IDecryptionKey>(new SoftwareDecryptionKey(RSA.Create(RsaBits(algorithm))));
    }

    /// <inheritdoc/>
    public ValueTask<IKeyAgreementKey> CreateKeyAgreementKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IKeyAgreementKey>(new SoftwareKeyAgreementKey(ECDiffieHellman.Create(Curve(algorithm))));
    }

    /// <inheritdoc/>
    public ValueTask<IDhKey> CreateDhKeyAsync(DhGroup group, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        cancellationToken.ThrowIfCancellationRequested();
        using var candidate = Secret.Random(group.CandidateLength, random);
        using var exponent = group.ExponentFrom(candidate);
        var key = new SoftwareDhKey(arithmetic, group, exponent);
        return ValueTask.FromResult<IDhKey>(key);
    }

    /// <inheritdoc/>
    public ValueTask<ISecretKey> CreateSecretKeyAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var octets = Secret.Random(SecretKeyLength, random);
        var key = new SoftwareSecretKey(octets);
        return ValueTask.FromResult<ISecretKey>(key);
    }

    /// <inheritdoc/>
    public ValueTask<ISigningKey> ImportSigningKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(ImportSigningKey(pkcs8));
    }

    /// <inheritdoc/>
    public ValueTask<IDecryptionKey> ImportDecryptionKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IDecryptionKey>(new SoftwareDecryptionKey(RsaPrivateKeys.Import(pkcs8)));
    }

    /// <inheritdoc/>
    public ValueTask<IKeyAgreementKey> ImportKeyAgreementKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IKeyAgreementKey>(new SoftwareKeyAgreementKey(Pkcs8.Import(ECDiffieHellman.Create(), pkcs8)));
    }

    /// <inheritdoc/>
    public ValueTask<IDhKey> ImportDhKeyAsync(DhGroup group, Secret exponent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(exponent);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IDhKey>(new SoftwareDhKey(arithmetic, group, exponent));
    }

    /// <inheritdoc/>
    public ValueTask<ISecretKey> ImportSecretKeyAsync(Secret octets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(octets);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<ISecretKey>(new SoftwareSecretKey(octets));
    }

    private Ed25519SigningKey CreateEd25519()
    {
        using var seed = Secret.Random(SecretKeyLength, random);
        return new Ed25519SigningKey(seed);
    }

    private static ISigningKey ImportSigningKey(Secret pkcs8)
    {
        ArgumentNullException.ThrowIfNull(pkcs8);
        if (!PrivateKeyInfo.TryDecode(pkcs8.Memory, out var key))
            throw new CryptoProviderException(CryptoError.InvalidKey, "The octets are no PrivateKeyInfo.");
        return key.PrivateKeyAlgorithm.Algorithm.ToString() switch
        {
            SubjectPublicKeys.RsaEncryption => new SoftwareSigningKey(RsaPrivateKeys.Import(pkcs8)),
            SubjectPublicKeys.RsaSsaPss => ImportRsaPss(key),
            SubjectPublicKeys.EcPublicKey => new SoftwareSigningKey(Pkcs8.Import(ECDsa.Create(), pkcs8)),
            Ed25519Keys.Oid => ImportEd25519(key),
            _ => throw new CryptoProviderException(CryptoError.UnsupportedKey, "The private key is of another kind than RSA, elliptic-curve and Ed25519."),
        };
    }

    private static SoftwareSigningKey ImportRsaPss(PrivateKeyInfo key)
    {
        var binding = RsaPssBinding.Read(key.PrivateKeyAlgorithm);
        if (binding is null or { Algorithms.Count: 0 })
            throw new CryptoProviderException(CryptoError.UnsupportedKey, "The private key is bound to other functions of RSASSA-PSS than SHA-256, SHA-384 and SHA-512.");
        using var unbound = RsaPssBinding.Unbind(key);
        return new SoftwareSigningKey(RsaPrivateKeys.Import(unbound), binding);
    }

    private static Ed25519SigningKey ImportEd25519(PrivateKeyInfo key)
    {
        using var seed = Ed25519Keys.DecodePrivate(key);
        return new Ed25519SigningKey(seed);
    }

    private static bool IsRsa(KeyAlgorithm algorithm) => algorithm is KeyAlgorithm.Rsa2048 or KeyAlgorithm.Rsa3072 or KeyAlgorithm.Rsa4096;

    private static int RsaBits(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Rsa2048 => 2048,
        KeyAlgorithm.Rsa3072 => 3072,
        KeyAlgorithm.Rsa4096 => 4096,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    private static ECCurve Curve(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.EcP256 => ECCurve.NamedCurves.nistP256,
        KeyAlgorithm.EcP384 => ECCurve.NamedCurves.nistP384,
        KeyAlgorithm.EcP521 => ECCurve.NamedCurves.nistP521,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}
