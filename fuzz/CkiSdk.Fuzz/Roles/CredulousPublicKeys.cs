using System.Diagnostics.CodeAnalysis;
using CkiSdk.Crypto;

namespace CkiSdk.Fuzz.Roles;

/// <summary>Takes every signature for good, so that what lies behind signatures is reached.</summary>
internal sealed class CredulousPublicKeys(IPublicKeys inner) : IPublicKeys
{
    /// <inheritdoc/>
    public bool TryImportVerificationKey(ReadOnlySpan<byte> subjectPublicKeyInfo, LegacyAlgorithms allowed, [NotNullWhen(true)] out IVerificationKey? key, out CryptoError error)
    {
        (key, error) = (new CredulousKey(), default);
        return true;
    }

    /// <inheritdoc/>
    public byte[] Encrypt(ReadOnlySpan<byte> subjectPublicKeyInfo, RsaEncryptionScheme scheme, Secret plaintext) => inner.Encrypt(subjectPublicKeyInfo, scheme, plaintext);

    /// <inheritdoc/>
    public EphemeralAgreement AgreeEphemeral(ReadOnlySpan<byte> subjectPublicKeyInfo) => inner.AgreeEphemeral(subjectPublicKeyInfo);

    private sealed class CredulousKey : IVerificationKey
    {
        public IReadOnlyList<SignatureAlgorithm> Algorithms { get; } = Enum.GetValues<SignatureAlgorithm>();

        public bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => true;

        public void Dispose()
        {
        }
    }
}
