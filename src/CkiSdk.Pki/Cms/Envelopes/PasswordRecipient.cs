using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIAlgorithms;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Encrypts to whoever knows a password: PasswordRecipientInfo with PBKDF2 and id-alg-PWRI-KEK over AES-256 (RFC 3211).</summary>
/// <param name="password">The octets of the password; it stays the caller's.</param>
/// <param name="iterations">How often PBKDF2 repeats HMAC-SHA-256.</param>
public sealed class PasswordRecipient(Secret password, int iterations = PasswordRecipient.DefaultIterations) : EnvelopeRecipient
{
    /// <summary>The usual number of iterations.</summary>
    public const int DefaultIterations = 600_000;

    /// <inheritdoc/>
    public override ValueTask<RecipientInfo> EncryptKeyAsync(Secret contentKey, CryptoProvider provider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contentKey);
        ArgumentNullException.ThrowIfNull(provider);
        var (salt, nonce) = (provider.Random.Octets(16), provider.Random.Octets(16));
        using var wrappingKey = PasswordDerivation.Pbkdf2(HashAlgorithmName.SHA256, password, salt, iterations, length: 32);
        var cipher = new AlgorithmIdentifier { Algorithm = CKIAlgorithmsValues.IdAes256CBC, Parameters = new AnyValue(Der.Encode(new EncryptedKey((OctetString)nonce))) };
        return ValueTask.FromResult<RecipientInfo>(new RecipientInfo.Pwri(new PasswordRecipientInfo
        {
            Version = CMSVersion.V0,
            KeyDerivationAlgorithm = Pbkdf2Parameters.Make(salt, iterations),
            KeyEncryptionAlgorithm = new AlgorithmIdentifier { Algorithm = CKIAlgorithmsValues.IdAlgPWRIKEK, Parameters = AnyValue.From(cipher) },
            EncryptedKey = new EncryptedKey((OctetString)PasswordWrap.Wrap(wrappingKey, nonce, contentKey, provider.Random)),
        }));
    }
}
