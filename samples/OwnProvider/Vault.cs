using CkiSdk.Crypto;

namespace OwnProvider;

/// <summary>Opens keys that live somewhere else: here in another object, in a real program in a service or a device behind it.</summary>
/// <param name="service">What holds the keys and signs with them.</param>
internal sealed class Vault(VaultService service) : IKeyProvider
{
    /// <inheritdoc/>
    public ValueTask<ISigningKey?> OpenSigningKeyAsync(string name, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<ISigningKey?>(service.PublicKeyOf(name) is { } publicKey ? new VaultKey(service, name, publicKey) : null);

    /// <inheritdoc/>
    public ValueTask<IDecryptionKey?> OpenDecryptionKeyAsync(string name, CancellationToken cancellationToken = default) => ValueTask.FromResult<IDecryptionKey?>(null);

    /// <inheritdoc/>
    public ValueTask<IKeyAgreementKey?> OpenKeyAgreementKeyAsync(string name, CancellationToken cancellationToken = default) => ValueTask.FromResult<IKeyAgreementKey?>(null);

    // No octets of a private key are in this process: the contract has no place for them.
    private sealed class VaultKey(VaultService service, string name, ReadOnlyMemory<byte> publicKey) : ISigningKey
    {
        public KeyLocation Location => new("vault", name);

        public ReadOnlyMemory<byte> SubjectPublicKeyInfo => publicKey;

        public IReadOnlyList<SignatureAlgorithm> Algorithms => [SignatureAlgorithm.EcdsaSha256];

        public async ValueTask<byte[]> SignAsync(SignatureAlgorithm algorithm, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
        {
            if (algorithm != SignatureAlgorithm.EcdsaSha256) throw new ArgumentException($"A key of the vault signs by {SignatureAlgorithm.EcdsaSha256}, not by {algorithm}.", nameof(algorithm));
            try
            {
                return await service.SignAsync(name, message, cancellationToken);
            }
            catch (IOException exception)
            {
                throw new CryptoProviderException(CryptoError.DeviceUnavailable, "The vault does not answer.", exception); // the fault of a device, not of whoever asks
            }
        }

        public void Dispose()
        {
        }
    }
}
