using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Opens what is encrypted to an RSA key.</summary>
/// <param name="certificate">The recipient's certificate.</param>
/// <param name="key">Its private key; it stays the caller's.</param>
public sealed class RsaEnvelopeKey(Certificate certificate, IDecryptionKey key) : EnvelopeKey
{
    /// <inheritdoc/>
    public override bool IsFor(RecipientInfo recipient) =>
        recipient is RecipientInfo.Ktri { Value: var info } && RecipientNames.IsMeant(info.Rid, certificate) && RsaSchemes.Find(info.KeyEncryptionAlgorithm) is not null;

    /// <inheritdoc/>
    public override ValueTask<Secret?> DecryptKeyAsync(RecipientInfo recipient, CryptoProvider provider, CancellationToken cancellationToken) =>
        recipient is RecipientInfo.Ktri { Value: var info } && RsaSchemes.Find(info.KeyEncryptionAlgorithm) is { } scheme
            ? key.DecryptAsync(scheme, info.EncryptedKey.Value.Memory, cancellationToken)
            : ValueTask.FromResult<Secret?>(null);
}
