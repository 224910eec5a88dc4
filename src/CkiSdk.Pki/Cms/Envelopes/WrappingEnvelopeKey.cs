using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Opens what is encrypted to whoever has a symmetric key.</summary>
/// <param name="identifier">The name of the key.</param>
/// <param name="wrappingKey">The key, 16, 24 or 32 octets; it stays the caller's.</param>
public sealed class WrappingEnvelopeKey(OctetString identifier, Secret wrappingKey) : EnvelopeKey
{
    /// <inheritdoc/>
    public override bool IsFor(RecipientInfo recipient) =>
        recipient is RecipientInfo.Kekri { Value: var info }
        && info.Kekid.KeyIdentifier == identifier
        && AesWraps.FindKeyLength(info.KeyEncryptionAlgorithm) == wrappingKey.Length;

    /// <inheritdoc/>
    public override ValueTask<Secret?> DecryptKeyAsync(RecipientInfo recipient, CryptoProvider provider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return ValueTask.FromResult(recipient is RecipientInfo.Kekri { Value: var info } ? provider.KeyWrap.Unwrap(wrappingKey, info.EncryptedKey.Value.Span) : null);
    }
}
