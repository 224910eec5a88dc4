using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Encrypts to a finite-field Diffie-Hellman key: KeyAgreeRecipientInfo, ephemeral-static (RFC 3370 §4.1.1).</summary>
internal sealed class DhRecipient(Certificate certificate, DhGroup group, byte[] publicValue, bool useKeyIdentifier) : EnvelopeRecipient
{
    private readonly KeyAgreeRecipientIdentifier _name = RecipientNames.ForAgreement(certificate, useKeyIdentifier);

    /// <inheritdoc/>
    public override ValueTask<RecipientInfo> EncryptKeyAsync(Secret contentKey, CryptoProvider provider, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var candidate = Secret.Random(group.CandidateLength, provider.Random);
        using var exponent = group.ExponentFrom(candidate);
        using var shared = provider.DiffieHellman.Agree(group, exponent, publicValue);
        using var wrappingKey = DhKeys.Derive(shared, AesWraps.Aes256, partyAInfo: null);
        return ValueTask.FromResult(AgreementParts.Make(
            DhKeys.Originator(provider.DiffieHellman.PublicValue(group, exponent)), null, DhKeys.Agreement, _name, provider.KeyWrap.Wrap(wrappingKey, contentKey)));
    }
}
