using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Finds the recipient of a protected key, of which the profile, section 3, foresees one form for each kind of key.</summary>
internal static class ProfileRecipients
{
    /// <summary>Finds the part that is for a certificate; null if there is not exactly one that the profile foresees.</summary>
    public static RecipientInfo? FindOnly(RecipientInfos recipients, Certificate certificate) =>
        recipients.Value.Where(recipient => IsForeseen(recipient, certificate)).ToList() is [var only] ? only : null;

    private static bool IsForeseen(RecipientInfo recipient, Certificate certificate) => recipient switch
    {
        RecipientInfo.Ktri { Value: var info } => info.Version == CMSVersion.V0
            && info.Rid is RecipientIdentifier.IssuerAndSerialNumber { Value: var name }
            && RecipientCertificates.IsMeant(name, certificate)
            && RsaSchemes.Find(info.KeyEncryptionAlgorithm) is { IsPkcs1: false, Hash: DigestAlgorithm.Sha256, MaskHash: DigestAlgorithm.Sha256 },
        RecipientInfo.Kari { Value: var info } => info.Version == CMSVersion.V3
            && info.Ukm is null
            && info.RecipientEncryptedKeys.Count == 1
            && info.RecipientEncryptedKeys[0].Rid is KeyAgreeRecipientIdentifier.IssuerAndSerialNumber { Value: var name }
            && RecipientCertificates.IsMeant(name, certificate)
            && info.KeyEncryptionAlgorithm == EcSchemes.For(certificate.Value.ToBeSigned.SubjectPublicKeyInfo.Algorithm),
        _ => false,
    };
}
