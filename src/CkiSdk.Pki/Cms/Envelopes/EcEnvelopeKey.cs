using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Opens what is encrypted to an elliptic-curve key.</summary>
/// <param name="certificate">The recipient's certificate.</param>
/// <param name="key">Its private key; it stays the caller's.</param>
public sealed class EcEnvelopeKey(Certificate certificate, IKeyAgreementKey key) : EnvelopeKey
{
    private AlgorithmIdentifier Algorithm => certificate.Value.ToBeSigned.SubjectPublicKeyInfo.Algorithm;

    /// <inheritdoc/>
    public override bool IsFor(RecipientInfo recipient) =>
        recipient is RecipientInfo.Kari { Value: { Originator: OriginatorIdentifierOrKey.OriginatorKey { Value: var originator } } info }
        && AgreementParts.Find(info, certificate) is not null
        && EcSchemes.FindDigest(info.KeyEncryptionAlgorithm) is not null
        && AesWraps.FindIn(info.KeyEncryptionAlgorithm) is not null
        && (originator.Algorithm == Algorithm || originator.Algorithm == Algorithm with { Parameters = null }); // absent: the recipient's curve

    /// <inheritdoc/>
    public override async ValueTask<Secret?> DecryptKeyAsync(RecipientInfo recipient, CryptoProvider provider, CancellationToken cancellationToken)
    {
        if (!IsFor(recipient))
            return null;
        var info = ((RecipientInfo.Kari)recipient).Value;
        var originator = ((OriginatorIdentifierOrKey.OriginatorKey)info.Originator).Value;
        var peer = new SubjectPublicKeyInfo { Algorithm = Algorithm, SubjectPublicKey = originator.PublicKey }.Encode();
        try
        {
            using var shared = await key.AgreeAsync(peer, cancellationToken).ConfigureAwait(false);
            var wrap = AesWraps.FindIn(info.KeyEncryptionAlgorithm)!;
            using var wrappingKey = EcSchemes.Derive(EcSchemes.FindDigest(info.KeyEncryptionAlgorithm)!.Value, shared, wrap, info.Ukm?.Value);
            return provider.KeyWrap.Unwrap(wrappingKey, AgreementParts.Find(info, certificate)!.EncryptedKey.Value.Span);
        }
        catch (CryptoProviderException e) when (e.Code != CryptoError.Failure)
        {
            return null; // the originator's key is no point of the curve
        }
    }
}
