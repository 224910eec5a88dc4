using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Crypto;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Encrypts the key of a content to one recipient; derive from it for a way of your own.</summary>
public abstract class EnvelopeRecipient
{
    /// <summary>Makes the recipient that fits the key of a certificate: RSA-OAEP with SHA-256, ECDH or X9.42 Diffie-Hellman, each with AES-256 key wrap.</summary>
    /// <param name="certificate">The certificate; whether it is trusted is for the caller to check first.</param>
    /// <param name="useKeyIdentifier">Whether the message names it by its subject key identifier, not by issuer and serial number.</param>
    /// <param name="groups">The Diffie-Hellman groups that are accepted; <see langword="null"/> for those of RFC 7919.</param>
    /// <returns>The recipient.</returns>
    /// <exception cref="ArgumentException">The key is of none of these kinds, or there is no key identifier.</exception>
    public static EnvelopeRecipient For(Certificate certificate, bool useKeyIdentifier = false, DhGroupSet? groups = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (certificate.Value.ToBeSigned.SubjectPublicKeyInfo.Algorithm.Algorithm == PKCS1Values.RsaEncryption)
            return new RsaRecipient(certificate, RsaEncryptionScheme.OaepSha256, useKeyIdentifier);
        return DhKeys.TryRead(certificate, groups ?? DhGroups.Named, out var group, out var publicValue)
            ? new DhRecipient(certificate, group, publicValue, useKeyIdentifier)
            : new EcRecipient(certificate, useKeyIdentifier);
    }

    /// <summary>Encrypts the key of the content.</summary>
    /// <param name="contentKey">The key; it stays the caller's.</param>
    /// <param name="provider">What encrypts.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The recipient's part of the message.</returns>
    /// <exception cref="CryptoProviderException">The recipient's key is malformed or weak.</exception>
    public abstract ValueTask<RecipientInfo> EncryptKeyAsync(Secret contentKey, CryptoProvider provider, CancellationToken cancellationToken);
}
