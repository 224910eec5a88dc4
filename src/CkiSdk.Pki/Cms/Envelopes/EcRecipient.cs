using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Encrypts to an elliptic-curve key: KeyAgreeRecipientInfo, ephemeral-static (RFC 5753 §3.1).</summary>
public sealed class EcRecipient : EnvelopeRecipient
{
    private readonly Certificate _certificate;
    private readonly KeyAgreeRecipientIdentifier _name;
    private readonly AlgorithmIdentifier _scheme;

    /// <summary>Makes the recipient.</summary>
    /// <param name="certificate">The certificate, with a key on P-256, P-384 or P-521.</param>
    /// <param name="useKeyIdentifier">Whether the message names the certificate by its subject key identifier.</param>
    /// <exception cref="ArgumentException">The key is on none of these curves, or there is no key identifier.</exception>
    public EcRecipient(Certificate certificate, bool useKeyIdentifier = false)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        _certificate = certificate;
        _name = RecipientNames.ForAgreement(certificate, useKeyIdentifier);
        _scheme = EcSchemes.For(certificate.Value.ToBeSigned.SubjectPublicKeyInfo.Algorithm)
            ?? throw new ArgumentException("The certificate's key cannot receive keys: it is neither RSA, nor on a known curve, nor in an accepted group.", nameof(certificate));
    }

    /// <inheritdoc/>
    public override ValueTask<RecipientInfo> EncryptKeyAsync(Secret contentKey, CryptoProvider provider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(provider);
        cancellationToken.ThrowIfCancellationRequested();
        using var agreement = provider.PublicKeys.AgreeEphemeral(_certificate.SubjectPublicKeyInfo.Span);
        using var wrappingKey = EcSchemes.Derive(EcSchemes.FindDigest(_scheme)!.Value, agreement.SharedSecret, AesWraps.Aes256, keyingMaterial: null);
        var ephemeral = SubjectPublicKeyInfo.Decode(agreement.SubjectPublicKeyInfo);
        var originator = new OriginatorPublicKey
        {
            Algorithm = ephemeral.Algorithm with { Parameters = null }, // the curve is the recipient's (RFC 5753 3.1.1)
            PublicKey = ephemeral.SubjectPublicKey,
        };
        return ValueTask.FromResult(AgreementParts.Make(
            new OriginatorIdentifierOrKey.OriginatorKey(originator), null, _scheme, _name, provider.KeyWrap.Wrap(wrappingKey, contentKey)));
    }
}
