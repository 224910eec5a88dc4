using CkiSdk.Asn1.Modules.CKIAlgorithms;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Opens what is encrypted to a finite-field Diffie-Hellman key.</summary>
/// <param name="certificate">The recipient's certificate.</param>
/// <param name="key">Its private key; it stays the caller's.</param>
public sealed class DhEnvelopeKey(Certificate certificate, IDhKey key) : EnvelopeKey
{
    /// <inheritdoc/>
    public override bool IsFor(RecipientInfo recipient) =>
        recipient is RecipientInfo.Kari { Value: { Originator: OriginatorIdentifierOrKey.OriginatorKey { Value: var originator } } info }
        && AgreementParts.Find(info, certificate) is not null
        && info.KeyEncryptionAlgorithm.Algorithm == CKIAlgorithmsValues.IdAlgESDH
        && AesWraps.FindIn(info.KeyEncryptionAlgorithm) is not null
        && DhKeys.FindPublicValue(originator, key.Group) is not null;

    /// <inheritdoc/>
    public override async ValueTask<Secret?> DecryptKeyAsync(RecipientInfo recipient, CryptoProvider provider, CancellationToken cancellationToken)
    {
        if (!IsFor(recipient))
            return null;
        var info = ((RecipientInfo.Kari)recipient).Value;
        var peer = DhKeys.FindPublicValue(((OriginatorIdentifierOrKey.OriginatorKey)info.Originator).Value, key.Group);
        try
        {
            using var shared = await key.AgreeAsync(peer, cancellationToken).ConfigureAwait(false);
            using var wrappingKey = DhKeys.Derive(shared, AesWraps.FindIn(info.KeyEncryptionAlgorithm)!, info.Ukm?.Value);
            return provider.KeyWrap.Unwrap(wrappingKey, AgreementParts.Find(info, certificate)!.EncryptedKey.Value.Span);
        }
        catch (CryptoProviderException e) when (e.Code != CryptoError.Failure)
        {
            return null; // the originator's value is not in the subgroup
        }
    }
}
