using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIAlgorithms;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Opens what is encrypted to whoever knows a password.</summary>
/// <param name="password">The octets of the password; it stays the caller's.</param>
public sealed class PasswordEnvelopeKey(Secret password) : EnvelopeKey
{
    /// <inheritdoc/>
    public override bool IsFor(RecipientInfo recipient) =>
        recipient is RecipientInfo.Pwri { Value: var info } && PasswordDerivation.IsKnown(info.KeyDerivationAlgorithm) && FindCipher(info) is not null;

    /// <inheritdoc/>
    public override ValueTask<Secret?> DecryptKeyAsync(RecipientInfo recipient, CryptoProvider provider, CancellationToken cancellationToken)
    {
        if (recipient is not RecipientInfo.Pwri { Value: var info } || FindCipher(info) is not var (length, nonce) || nonce is null)
            return ValueTask.FromResult<Secret?>(null);
        using var wrappingKey = PasswordDerivation.Derive(info.KeyDerivationAlgorithm, password, length);
        return ValueTask.FromResult(wrappingKey is null ? null : PasswordWrap.Unwrap(wrappingKey, nonce, info.EncryptedKey.Value.Span));
    }

    private static (int KeyLength, byte[] Nonce)? FindCipher(PasswordRecipientInfo info)
    {
        if (info.KeyEncryptionAlgorithm.Algorithm != CKIAlgorithmsValues.IdAlgPWRIKEK
            || info.KeyEncryptionAlgorithm.Parameters is not { } encoded
            || !Der.TryDecode<AlgorithmIdentifier>(encoded.Encoded, out var cipher)
            || ContentAlgorithms.Find(cipher) is not var (algorithm, nonce)
            || nonce is not { Length: 16 })
            return null;
        return algorithm switch
        {
            ContentEncryption.Aes128Cbc or ContentEncryption.Aes192Cbc or ContentEncryption.Aes256Cbc => (algorithm.KeyLength(), nonce),
            _ => null,
        };
    }
}
