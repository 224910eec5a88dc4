using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Signs with an RSA or elliptic-curve key in a token; messages are hashed here, so that any token can do it.</summary>
internal sealed class TokenSigningKey(TokenObject key, TokenPublicKey publicKey, CryptoProvider software) : IHashSigningKey
{
    /// <inheritdoc/>
    public KeyLocation Location => TokenLocations.Of(key);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => publicKey.SubjectPublicKeyInfo;

    /// <inheritdoc/>
    public IReadOnlyList<SignatureAlgorithm> Algorithms { get; } = SignatureMechanisms.Of(publicKey);

    /// <inheritdoc/>
    public ValueTask<byte[]> SignAsync(SignatureAlgorithm algorithm, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        Require(algorithm);
        return SignHashAsync(algorithm, software.Digests.Compute(SignatureMechanisms.HashOf(algorithm), message.Span), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> SignHashAsync(SignatureAlgorithm algorithm, ReadOnlyMemory<byte> hash, CancellationToken cancellationToken = default)
    {
        Require(algorithm);
        if (hash.Length != SignatureMechanisms.LengthOf(SignatureMechanisms.HashOf(algorithm)))
            throw new ArgumentException("The hash value has not the length of the algorithm's hash function.", nameof(hash));
        var signature = await key.UseAsync((_, session, handle) => Sign(session, handle, algorithm, hash.ToArray()), cancellationToken).ConfigureAwait(false);
        return publicKey.IsRsa ? signature : EcdsaValue.FromPair(signature);
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private byte[] Sign(ISession session, IObjectHandle handle, SignatureAlgorithm algorithm, byte[] hash)
    {
        var input = publicKey.IsRsa ? SignatureMechanisms.InputOf(algorithm, hash) : hash[..Math.Min(hash.Length, publicKey.FieldLength)];
        using var mechanism = SignatureMechanisms.Create(algorithm);
        return session.Sign(mechanism, handle, input);
    }

    private void Require(SignatureAlgorithm algorithm)
    {
        if (!Algorithms.Contains(algorithm))
            throw new CryptoProviderException(CryptoError.UnsupportedAlgorithm, $"The key cannot sign by {algorithm}.");
    }
}
