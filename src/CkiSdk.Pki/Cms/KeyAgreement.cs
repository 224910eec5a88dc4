using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CMSAuthEnvelopedData;
using CkiSdk.Asn1.Modules.CMSECCAlgs200988;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms;

/// <summary>Encrypts the key of a content to elliptic-curve keys: KeyAgreeRecipientInfo, ephemeral-static (RFC 5753 §3.1).</summary>
internal static class KeyAgreement
{
    private static readonly byte[] WrappingKeyBits = [0, 0, 1, 0]; // 256, big-endian

    /// <summary>Encrypts the key.</summary>
    /// <exception cref="ArgumentException">The recipient's key is on no curve of the profile.</exception>
    public static RecipientInfo Make(Certificate recipient, Secret key, CryptoProvider provider)
    {
        var scheme = SchemeOf(recipient, out var digest) ?? throw new ArgumentException("The key is on no curve of the profile.", nameof(recipient));
        using var agreement = provider.PublicKeys.AgreeEphemeral(recipient.SubjectPublicKeyInfo.Span);
        using var wrappingKey = DeriveWrappingKey(agreement.SharedSecret, digest);
        var ephemeral = SubjectPublicKeyInfo.Decode(agreement.SubjectPublicKeyInfo);
        return new RecipientInfo.Kari(new KeyAgreeRecipientInfo
        {
            Version = CMSVersion.V3,
            Originator = new OriginatorIdentifierOrKey.OriginatorKey(new OriginatorPublicKey
            {
                Algorithm = ephemeral.Algorithm with { Parameters = null }, // the curve is the recipient's (RFC 5753 3.1.1)
                PublicKey = ephemeral.SubjectPublicKey,
            }),
            KeyEncryptionAlgorithm = scheme,
            RecipientEncryptedKeys = new RecipientEncryptedKeys((SequenceOf<RecipientEncryptedKey>)
            [
                new RecipientEncryptedKey
                {
                    Rid = new KeyAgreeRecipientIdentifier.IssuerAndSerialNumber(RecipientCertificates.Name(recipient)),
                    EncryptedKey = new EncryptedKey((OctetString)provider.KeyWrap.Wrap(wrappingKey, key)),
                },
            ]),
        });
    }

    /// <summary>Decrypts the key; <see langword="null"/> if it does not decrypt or there is not exactly one for the recipient.</summary>
    public static async ValueTask<Secret?> OpenAsync(
        AuthEnvelopedData data, Certificate recipient, IKeyAgreementKey key, CryptoProvider provider, CancellationToken cancellationToken)
    {
        if (SchemeOf(recipient, out var digest) is not { } scheme)
            return null;
        var mine = data.RecipientInfos.Value.OfType<RecipientInfo.Kari>().Select(info => info.Value).Where(info => IsMine(info, recipient, scheme)).ToList();
        if (mine is not [{ Originator: OriginatorIdentifierOrKey.OriginatorKey { Value: var originator } } info] || FindPeer(originator, recipient) is not { } peer)
            return null;
        try
        {
            using var shared = await key.AgreeAsync(peer, cancellationToken).ConfigureAwait(false);
            using var wrappingKey = DeriveWrappingKey(shared, digest);
            return provider.KeyWrap.Unwrap(wrappingKey, info.RecipientEncryptedKeys[0].EncryptedKey.Value.Span);
        }
        catch (CryptoProviderException e) when (e.Code != CryptoError.Failure)
        {
            return null; // the originator's key is no point of the curve
        }
    }

    private static AlgorithmIdentifier? SchemeOf(Certificate recipient, out DigestAlgorithm digest) =>
        KeyEncryptionIdentifiers.AgreementFor(recipient.Value.ToBeSigned.SubjectPublicKeyInfo.Algorithm, out digest);

    private static bool IsMine(KeyAgreeRecipientInfo info, Certificate recipient, AlgorithmIdentifier scheme) =>
        info.Version == CMSVersion.V3
        && info.Ukm is null
        && info.RecipientEncryptedKeys.Count == 1
        && info.RecipientEncryptedKeys[0].Rid is KeyAgreeRecipientIdentifier.IssuerAndSerialNumber { Value: var name }
        && RecipientCertificates.IsMeant(name, recipient)
        && info.KeyEncryptionAlgorithm == scheme;

    // Absent parameters mean the recipient's curve; stated ones must say the same.
    private static byte[]? FindPeer(OriginatorPublicKey originator, Certificate recipient)
    {
        var own = recipient.Value.ToBeSigned.SubjectPublicKeyInfo.Algorithm;
        return originator.Algorithm == own || originator.Algorithm == own with { Parameters = null }
            ? new SubjectPublicKeyInfo { Algorithm = own, SubjectPublicKey = originator.PublicKey }.Encode()
            : null;
    }

    // RFC 5753 7.2: the key wrap and its length bind the derived key to its use.
    private static Secret DeriveWrappingKey(Secret shared, DigestAlgorithm digest)
    {
        var context = new ECCCMSSharedInfo { KeyInfo = KeyEncryptionIdentifiers.Wrap, SuppPubInfo = WrappingKeyBits };
        return X963Kdf.Derive(digest, shared, context.Encode(), EnvelopeContent.KeyLength);
    }
}
