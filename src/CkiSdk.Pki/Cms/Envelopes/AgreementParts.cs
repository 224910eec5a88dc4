using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Puts KeyAgreeRecipientInfo together and finds a recipient's part in it (RFC 5652 §6.2.2).</summary>
internal static class AgreementParts
{
    /// <summary>Makes the part for one recipient.</summary>
    public static RecipientInfo Make(
        OriginatorIdentifierOrKey originator, OctetString? keyingMaterial, AlgorithmIdentifier agreement, KeyAgreeRecipientIdentifier recipient, byte[] encryptedKey) =>
        new RecipientInfo.Kari(new KeyAgreeRecipientInfo
        {
            Version = CMSVersion.V3,
            Originator = originator,
            Ukm = keyingMaterial is { } material ? new UserKeyingMaterial(material) : null,
            KeyEncryptionAlgorithm = agreement,
            RecipientEncryptedKeys = new RecipientEncryptedKeys((SequenceOf<RecipientEncryptedKey>)
            [
                new RecipientEncryptedKey { Rid = recipient, EncryptedKey = new EncryptedKey((OctetString)encryptedKey) },
            ]),
        });

    /// <summary>Finds the encrypted key of a recipient; null if there is none.</summary>
    public static RecipientEncryptedKey? Find(KeyAgreeRecipientInfo info, Certificate certificate) =>
        info.RecipientEncryptedKeys.Value.FirstOrDefault(candidate => RecipientNames.IsMeant(candidate.Rid, certificate));
}
