using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIAlgorithms;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Opens what is encrypted to whoever knows a password.</summary>
/// <param name="password">The octets of the password; it stays the caller's.</param>
public sealed class PasswordEnvelopeKey(Secret password) : EnvelopeKey
{
    private const int MaxIterations = 10_000_000; // bounds the work that a stranger's message can cause

    /// <inheritdoc/>
    public override bool IsFor(RecipientInfo recipient) =>
        recipient is RecipientInfo.Pwri { Value: var info } && FindDerivation(info) is not null && FindCipher(info) is not null;

    /// <inheritdoc/>
    public override ValueTask<Secret?> DecryptKeyAsync(RecipientInfo recipient, CryptoProvider provider, CancellationToken cancellationToken)
    {
        if (recipient is not RecipientInfo.Pwri { Value: var info } || FindCipher(info) is not var (length, nonce) || FindDerivation(info) is not { } derivation)
            return ValueTask.FromResult<Secret?>(null);
        using var wrappingKey = PasswordDerivation.Pbkdf2(derivation.Function, password, derivation.Salt.Span, derivation.Iterations.ToInt32(), length);
        return ValueTask.FromResult(PasswordWrap.Unwrap(wrappingKey, nonce, info.EncryptedKey.Value.Span));
    }

    private static Pbkdf2Parameters? FindDerivation(PasswordRecipientInfo info) =>
        Pbkdf2Parameters.Read(info.KeyDerivationAlgorithm) is { } found && found.Iterations >= 1 && found.Iterations <= MaxIterations ? found : null;

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
