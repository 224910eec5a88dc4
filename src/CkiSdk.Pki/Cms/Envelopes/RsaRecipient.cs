using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Encrypts to an RSA key: KeyTransRecipientInfo (RFC 5652 §6.2.1).</summary>
/// <param name="certificate">The certificate.</param>
/// <param name="scheme">How RSA encrypts; RSAES-PKCS1-v1_5 is for the sake of old peers only.</param>
/// <param name="useKeyIdentifier">Whether the message names the certificate by its subject key identifier.</param>
public sealed class RsaRecipient(Certificate certificate, RsaEncryptionScheme scheme, bool useKeyIdentifier = false) : EnvelopeRecipient
{
    private readonly RecipientIdentifier _name = RecipientNames.ForTransport(certificate, useKeyIdentifier);

    /// <inheritdoc/>
    public override ValueTask<RecipientInfo> EncryptKeyAsync(Secret contentKey, CryptoProvider provider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(provider);
        cancellationToken.ThrowIfCancellationRequested();
        var encrypted = provider.PublicKeys.Encrypt(certificate.SubjectPublicKeyInfo.Span, scheme, contentKey);
        return ValueTask.FromResult<RecipientInfo>(new RecipientInfo.Ktri(new KeyTransRecipientInfo
        {
            Version = useKeyIdentifier ? CMSVersion.V2 : CMSVersion.V0,
            Rid = _name,
            KeyEncryptionAlgorithm = RsaSchemes.IdentifierOf(scheme),
            EncryptedKey = new EncryptedKey((OctetString)encrypted),
        }));
    }
}
