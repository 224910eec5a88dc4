using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CMSAuthEnvelopedData;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Pki.Cms;

/// <summary>Encrypts the key of a content to RSA keys: KeyTransRecipientInfo with RSA-OAEP (RFC 5652 §6.2.1).</summary>
internal static class KeyTransport
{
    /// <summary>Tells whether a recipient's key is RSA.</summary>
    public static bool IsFor(Certificate recipient) =>
        recipient.Value.ToBeSigned.SubjectPublicKeyInfo.Algorithm.Algorithm == PKCS1Values.RsaEncryption;

    /// <summary>Encrypts the key.</summary>
    public static RecipientInfo Make(Certificate recipient, Secret key, CryptoProvider provider) => new RecipientInfo.Ktri(new KeyTransRecipientInfo
    {
        Version = CMSVersion.V0,
        Rid = new RecipientIdentifier.IssuerAndSerialNumber(RecipientCertificates.Name(recipient)),
        KeyEncryptionAlgorithm = KeyEncryptionIdentifiers.Oaep,
        EncryptedKey = new EncryptedKey((OctetString)provider.PublicKeys.Encrypt(recipient.SubjectPublicKeyInfo.Span, key)),
    });

    /// <summary>Decrypts the key; <see langword="null"/> if it does not decrypt or there is not exactly one for the recipient.</summary>
    public static async ValueTask<Secret?> OpenAsync(AuthEnvelopedData data, Certificate recipient, IDecryptionKey key, CancellationToken cancellationToken)
    {
        var mine = data.RecipientInfos.Value.OfType<RecipientInfo.Ktri>().Select(info => info.Value).Where(info => IsMine(info, recipient)).ToList();
        return mine is [{ EncryptedKey: var encrypted }]
            ? await key.DecryptAsync(encrypted.Value.Memory, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private static bool IsMine(KeyTransRecipientInfo info, Certificate recipient) =>
        info.Version == CMSVersion.V0
        && info.Rid is RecipientIdentifier.IssuerAndSerialNumber { Value: var name }
        && RecipientCertificates.IsMeant(name, recipient)
        && KeyEncryptionIdentifiers.IsOaep(info.KeyEncryptionAlgorithm);
}
