using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Envelopes;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Encrypts the key of a content to one receive certificate.</summary>
internal sealed class SealedRecipient : EnvelopeRecipient
{
    private const int WrappedLength = 40; // a key of 32 octets and the 8 of the wrap (RFC 3394 2.2.1)

    private readonly KeyEncryption _encryption;
    private readonly Certificate _send;
    private readonly IDhKey _key;
    private readonly byte[] _publicValue;
    private readonly byte[] _keyingMaterial;

    /// <summary>Makes the recipient with fresh keying material.</summary>
    public SealedRecipient(KeyEncryption encryption, Certificate send, IDhKey key, Certificate receive, byte[] publicValue, CryptoProvider provider)
    {
        (_encryption, _send, _key, Receive, _publicValue) = (encryption, send, key, receive, publicValue);
        _keyingMaterial = provider.Random.Octets(KeyEncryption.KeyingMaterialLength);
        Place = Make(new byte[WrappedLength]).Encode();
    }

    /// <summary>Gets the receive certificate.</summary>
    public Certificate Receive { get; }

    /// <summary>
    /// Gets the encoding of this part but for the encrypted key, which is the last of it. DER sorts a SET OF by its encodings (X.690 11.6), and keying material, which comes before,
    /// is never twice the same: so the order of the message is known before its key is.
    /// </summary>
    public byte[] Place { get; }

    /// <inheritdoc/>
    public override async ValueTask<RecipientInfo> EncryptKeyAsync(Secret contentKey, CryptoProvider provider, CancellationToken cancellationToken)
    {
        using var shared = await _key.AgreeAsync(_publicValue, cancellationToken).ConfigureAwait(false);
        using var wrappingKey = _encryption.Derive(shared, _keyingMaterial, _send, Receive);
        return Make(provider.KeyWrap.Wrap(wrappingKey, contentKey));
    }

    private RecipientInfo.Kari Make(byte[] encryptedKey) => new(new KeyAgreeRecipientInfo
    {
        Version = CMSVersion.V3,
        Originator = _encryption.Originator(_send, _key.PublicValue.Span),
        Ukm = new UserKeyingMaterial((OctetString)_keyingMaterial),
        KeyEncryptionAlgorithm = _encryption.Algorithm,
        RecipientEncryptedKeys = new RecipientEncryptedKeys((SequenceOf<RecipientEncryptedKey>)
        [
            new RecipientEncryptedKey
            {
                Rid = new KeyAgreeRecipientIdentifier.IssuerAndSerialNumber(CertificateNames.Of(Receive)),
                EncryptedKey = new EncryptedKey((OctetString)encryptedKey),
            },
        ]),
    });
}
