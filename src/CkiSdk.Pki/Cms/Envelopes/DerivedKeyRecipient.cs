using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Encrypts by a key agreement of the caller's: he derives the wrapping key, and says what stands in the message (RFC 5652 §6.2.2).</summary>
public sealed class DerivedKeyRecipient : EnvelopeRecipient
{
    private readonly KeyAgreeRecipientIdentifier _name;

    /// <summary>Makes the recipient.</summary>
    /// <param name="certificate">The recipient's certificate, named by issuer and serial number.</param>
    public DerivedKeyRecipient(Certificate certificate) => _name = RecipientNames.ForAgreement(certificate, useKeyIdentifier: false);

    /// <summary>Gets the originator's key or the name of his certificate.</summary>
    public required OriginatorIdentifierOrKey Originator { get; init; }

    /// <summary>Gets the user keying material; <see langword="null"/> for none.</summary>
    public OctetString? KeyingMaterial { get; init; }

    /// <summary>Gets the key agreement with its parameters.</summary>
    public required AlgorithmIdentifier Agreement { get; init; }

    /// <summary>Gets what derives the AES wrapping key: 16, 24 or 32 octets, which are disposed after use.</summary>
    public required Func<CancellationToken, ValueTask<Secret>> DeriveAsync { get; init; }

    /// <inheritdoc/>
    public override async ValueTask<RecipientInfo> EncryptKeyAsync(Secret contentKey, CryptoProvider provider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(provider);
        using var wrappingKey = await DeriveAsync(cancellationToken).ConfigureAwait(false);
        return AgreementParts.Make(Originator, KeyingMaterial, Agreement, _name, provider.KeyWrap.Wrap(wrappingKey, contentKey));
    }
}
