using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Agrees with an elliptic-curve key in a token.</summary>
internal sealed class TokenKeyAgreementKey(TokenObject key, TokenPublicKey publicKey, CryptoProvider software) : IKeyAgreementKey
{
    /// <inheritdoc/>
    public KeyLocation Location => TokenLocations.Of(key);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => publicKey.SubjectPublicKeyInfo;

    /// <inheritdoc/>
    public async ValueTask<Secret> AgreeAsync(ReadOnlyMemory<byte> peerSubjectPublicKeyInfo, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var point = Check(peerSubjectPublicKeyInfo.Span);
        return await key.UseAsync((_, session, handle) => Agree(session, handle, point), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    // Not every token looks whether the point is on the curve, and one that does not gives its key away.
    private byte[] Check(ReadOnlySpan<byte> peer)
    {
        var point = publicKey.PointOfPeer(peer);
        if (point.Length == 0)
            throw new CryptoProviderException(CryptoError.UnsupportedKey, "The peer's public key is not on the same curve.");
        if (!software.PublicKeys.TryImportVerificationKey(peer, out var imported, out _))
            throw new CryptoProviderException(CryptoError.InvalidPublicValue, "The peer's public key is no point on the curve.");
        imported.Dispose();
        return point;
    }

    private Secret Agree(ISession session, IObjectHandle handle, byte[] point)
    {
        var factories = LibraryLoader.Factories;
        using var parameters = factories.MechanismParamsFactory.CreateCkEcdh1DeriveParams((ulong)CKD.CKD_NULL, null, point);
        using var mechanism = factories.MechanismFactory.Create(CKM.CKM_ECDH1_DERIVE, parameters);
        var template = KeyTemplates.AgreedSecret(publicKey.FieldLength);
        try
        {
            return TokenObjects.TakeValue(session, session.DeriveKey(mechanism, handle, template), publicKey.FieldLength);
        }
        finally
        {
            TokenObjects.Release(template);
        }
    }
}
