using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Opens what was encrypted by a key agreement of the caller's: he derives the wrapping key.</summary>
/// <param name="certificate">The recipient's certificate.</param>
public sealed class DerivedEnvelopeKey(Certificate certificate) : EnvelopeKey
{
    /// <summary>Gets what tells whether an agreement is the caller's: originator, keying material and algorithm are all public.</summary>
    public required Predicate<KeyAgreeRecipientInfo> Accepts { get; init; }

    /// <summary>Gets what derives the AES wrapping key, which is disposed after use; <see langword="null"/> if it cannot be derived.</summary>
    public required Func<KeyAgreeRecipientInfo, CancellationToken, ValueTask<Secret?>> DeriveAsync { get; init; }

    /// <inheritdoc/>
    public override bool IsFor(RecipientInfo recipient) =>
        recipient is RecipientInfo.Kari { Value: var info } && AgreementParts.Find(info, certificate) is not null && Accepts(info);

    /// <inheritdoc/>
    public override async ValueTask<Secret?> DecryptKeyAsync(RecipientInfo recipient, CryptoProvider provider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(provider);
        if (!IsFor(recipient))
            return null;
        var info = ((RecipientInfo.Kari)recipient).Value;
        using var wrappingKey = await DeriveAsync(info, cancellationToken).ConfigureAwait(false);
        return wrappingKey is null ? null : provider.KeyWrap.Unwrap(wrappingKey, AgreementParts.Find(info, certificate)!.EncryptedKey.Value.Span);
    }
}
