using CkiSdk.Asn1;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;

namespace CkiSdk.Protocol.Messages;

/// <summary>Is an encryption certificate with its private key: what keys inside messages are sealed to, and opened with (profile section 3).</summary>
public sealed class EncryptionIdentity
{
    private readonly IDecryptionKey? _transport;
    private readonly IKeyAgreementKey? _agreement;

    /// <summary>Creates the identity of an RSA key.</summary>
    /// <param name="certificate">The certificate, with keyEncipherment.</param>
    /// <param name="key">Its private key; it stays the caller's.</param>
    public EncryptionIdentity(Certificate certificate, IDecryptionKey key)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(key);
        Certificate = certificate;
        _transport = key;
    }

    /// <summary>Creates the identity of an elliptic curve key.</summary>
    /// <param name="certificate">The certificate, with keyAgreement.</param>
    /// <param name="key">Its private key; it stays the caller's.</param>
    public EncryptionIdentity(Certificate certificate, IKeyAgreementKey key)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(key);
        Certificate = certificate;
        _agreement = key;
    }

    /// <summary>Gets the certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>Gets the ones before it: what others have sealed to them before they knew this one opens, too.</summary>
    public IReadOnlyList<EncryptionIdentity> Former { get; init; } = [];

    /// <summary>Opens an envelope; null where it cannot be opened, without a reason.</summary>
    internal async ValueTask<Secret?> OpenAsync(
        ReadOnlyMemory<byte> envelope, ObjectIdentifier contentType, CryptoProvider provider, CancellationToken cancellationToken)
    {
        var opened = await OpenByThisAsync(envelope, contentType, provider, cancellationToken).ConfigureAwait(false);
        for (var i = 0; opened is null && i < Former.Count; i++)
        {
            opened = await Former[i].OpenByThisAsync(envelope, contentType, provider, cancellationToken).ConfigureAwait(false);
        }

        return opened;
    }

    private ValueTask<Secret?> OpenByThisAsync(
        ReadOnlyMemory<byte> envelope, ObjectIdentifier contentType, CryptoProvider provider, CancellationToken cancellationToken) =>
        _transport is not null
            ? AuthEnvelopes.OpenAsync(envelope, Certificate, _transport, contentType, provider, cancellationToken)
            : AuthEnvelopes.OpenAsync(envelope, Certificate, _agreement!, contentType, provider, cancellationToken);
}
