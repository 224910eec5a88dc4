using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIAlgorithms;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Encrypts to whoever has a symmetric key: KEKRecipientInfo with AES key wrap (RFC 5652 §6.2.3).</summary>
/// <param name="identifier">The name of the key, which is public.</param>
/// <param name="wrappingKey">The key, 16, 24 or 32 octets; it stays the caller's.</param>
public sealed class WrappingKeyRecipient(OctetString identifier, Secret wrappingKey) : EnvelopeRecipient
{
    /// <inheritdoc/>
    public override ValueTask<RecipientInfo> EncryptKeyAsync(Secret contentKey, CryptoProvider provider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(provider);
        var algorithm = wrappingKey.Length switch
        {
            16 => CKIAlgorithmsValues.IdAes128Wrap,
            24 => CKIAlgorithmsValues.IdAes192Wrap,
            _ => CKIAlgorithmsValues.IdAes256Wrap,
        };
        return ValueTask.FromResult<RecipientInfo>(new RecipientInfo.Kekri(new KEKRecipientInfo
        {
            Version = CMSVersion.V4,
            Kekid = new KEKIdentifier { KeyIdentifier = identifier },
            KeyEncryptionAlgorithm = new AlgorithmIdentifier { Algorithm = algorithm },
            EncryptedKey = new EncryptedKey((OctetString)provider.KeyWrap.Wrap(wrappingKey, contentKey)),
        }));
    }
}
