namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Signs with an Ed25519 key in a token, which takes the message itself.</summary>
internal sealed class TokenEd25519Key(TokenObject key, TokenPublicKey publicKey) : ISigningKey
{
    private const ulong EdDsa = 0x1057; // CKM_EDDSA, PKCS #11 v3.0 §2.3.14

    /// <inheritdoc/>
    public KeyLocation Location => TokenLocations.Of(key);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => publicKey.SubjectPublicKeyInfo;

    /// <inheritdoc/>
    public IReadOnlyList<SignatureAlgorithm> Algorithms { get; } = [SignatureAlgorithm.Ed25519];

    /// <inheritdoc/>
    public async ValueTask<byte[]> SignAsync(SignatureAlgorithm algorithm, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        if (algorithm != SignatureAlgorithm.Ed25519)
            throw new CryptoProviderException(CryptoError.UnsupportedAlgorithm, $"The key cannot sign by {algorithm}.");
        return await key.UseAsync((_, session, handle) =>
        {
            using var mechanism = LibraryLoader.Factories.MechanismFactory.Create(EdDsa);
            return session.Sign(mechanism, handle, message.ToArray());
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
