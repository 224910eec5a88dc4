using CkiSdk.Crypto;

namespace CkiSdk.Fuzz.Roles;

/// <summary>Makes secret keys and Diffie–Hellman keys without security; all others are real.</summary>
internal sealed class InsecureKeys(IKeyFactory inner) : IKeyFactory
{
    /// <inheritdoc/>
    public ValueTask<ISigningKey> CreateSigningKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default) => inner.CreateSigningKeyAsync(algorithm, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IDecryptionKey> CreateDecryptionKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default) => inner.CreateDecryptionKeyAsync(algorithm, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IKeyAgreementKey> CreateKeyAgreementKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default) =>
        inner.CreateKeyAgreementKeyAsync(algorithm, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IDhKey> CreateDhKeyAsync(DhGroup group, CancellationToken cancellationToken = default) => inner.CreateDhKeyAsync(group, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ISecretKey> CreateSecretKeyAsync(CancellationToken cancellationToken = default) => inner.CreateSecretKeyAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ISigningKey> ImportSigningKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default) => inner.ImportSigningKeyAsync(pkcs8, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IDecryptionKey> ImportDecryptionKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default) => inner.ImportDecryptionKeyAsync(pkcs8, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IKeyAgreementKey> ImportKeyAgreementKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default) => inner.ImportKeyAgreementKeyAsync(pkcs8, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IDhKey> ImportDhKeyAsync(DhGroup group, Secret exponent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exponent);
        return ValueTask.FromResult<IDhKey>(new DhKey(group, exponent.Copy()));
    }

    /// <inheritdoc/>
    public ValueTask<ISecretKey> ImportSecretKeyAsync(Secret octets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(octets);
        return ValueTask.FromResult<ISecretKey>(new SecretKey(octets.Copy()));
    }

    private sealed class DhKey(DhGroup group, Secret exponent) : IDhKey
    {
        public DhGroup Group => group;

        public ReadOnlyMemory<byte> PublicValue { get; } = InsecureProvider.Value.DiffieHellman.PublicValue(group, exponent);

        public KeyLocation Location => KeyLocation.Software;

        public ValueTask<Secret> AgreeAsync(ReadOnlyMemory<byte> peerPublicValue, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(InsecureProvider.Value.DiffieHellman.Agree(group, exponent, peerPublicValue.Span));

        public void Dispose() => exponent.Dispose();
    }

    private sealed class SecretKey(Secret octets) : ISecretKey
    {
        public KeyLocation Location => KeyLocation.Software;

        public ValueTask<Secret> DeriveAsync(ReadOnlyMemory<byte> context, int length, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(InsecureProvider.Derive(octets.Span, context.Span, length));

        public bool TryDerive(ReadOnlySpan<byte> context, Span<byte> derived)
        {
            using var secret = InsecureProvider.Derive(octets.Span, context, derived.Length);
            secret.Span.CopyTo(derived);
            return true;
        }

        public void Dispose() => octets.Dispose();
    }
}
