using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Agrees with a finite-field Diffie-Hellman key in a token; peers' values are checked here, because tokens do not.</summary>
internal sealed class TokenDhKey(TokenObject key, DhGroup group, byte[] publicValue, CryptoProvider software) : IDhKey
{
    /// <inheritdoc/>
    public KeyLocation Location => TokenLocations.Of(key);

    /// <inheritdoc/>
    public DhGroup Group => group;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> PublicValue => publicValue;

    /// <inheritdoc/>
    public async ValueTask<Secret> AgreeAsync(ReadOnlyMemory<byte> peerPublicValue, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!software.DiffieHellman.IsValidPublicValue(group, peerPublicValue.Span))
            throw new CryptoProviderException(CryptoError.InvalidPublicValue, "The peer's public value is not in the subgroup.");
        return await key.UseAsync((_, session, handle) => Agree(session, handle, group, peerPublicValue.Span), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    /// <summary>Computes base^x mod p in the token, left-padded to the length of p (PKCS #11 v2.40 §2.4.7).</summary>
    public static Secret Agree(ISession session, IObjectHandle handle, DhGroup group, ReadOnlySpan<byte> number)
    {
        var padded = new byte[group.Length];
        var trimmed = number.TrimStart((byte)0);
        trimmed.CopyTo(padded.AsSpan(padded.Length - trimmed.Length));
        using var mechanism = LibraryLoader.Factories.MechanismFactory.Create(CKM.CKM_DH_PKCS_DERIVE, padded);
        var template = KeyTemplates.AgreedSecret(group.Length);
        try
        {
            return TokenObjects.TakeValue(session, session.DeriveKey(mechanism, handle, template), group.Length);
        }
        finally
        {
            TokenObjects.Release(template);
        }
    }

    /// <summary>Computes the public value of a private key: the agreement with the generator itself is g^x mod p.</summary>
    public static byte[] ComputePublicValue(ISession session, IObjectHandle handle, DhGroup group)
    {
        using var y = Agree(session, handle, group, group.G.Span);
        return y.Span.ToArray();
    }
}
