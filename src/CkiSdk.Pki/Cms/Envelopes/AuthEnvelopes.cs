using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CMSAuthEnvelopedData;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Protects keys to the certificates of their recipients: AuthEnvelopedData with AES-256-GCM (RFC 5083, RFC 5084; profile section 3).</summary>
public static class AuthEnvelopes
{
    /// <summary>Protects a content.</summary>
    /// <param name="contentType">What the content is; it is authenticated.</param>
    /// <param name="content">The content; it stays the caller's.</param>
    /// <param name="recipients">Who can open it: certificates with <see cref="CertificateRules.CanReceiveKeys"/>, at least one.</param>
    /// <param name="provider">What encrypts.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The DER of ContentInfo.</returns>
    /// <exception cref="ArgumentException">There is no recipient, or one of them cannot receive keys.</exception>
    /// <exception cref="CryptoProviderException">A recipient's key is malformed or weak.</exception>
    public static async ValueTask<byte[]> SealAsync(
        ObjectIdentifier contentType,
        Secret content,
        IReadOnlyList<Certificate> recipients,
        CryptoProvider provider,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(recipients);
        ArgumentNullException.ThrowIfNull(provider);
        if (recipients.Count == 0 || !recipients.All(CertificateRules.CanReceiveKeys))
            throw new ArgumentException("There is no recipient, or one that cannot receive keys.", nameof(recipients));
        using var key = Secret.Random(ProfileContent.KeyLength, provider.Random);
        var infos = new RecipientInfo[recipients.Count];
        for (var i = 0; i < infos.Length; i++)
            infos[i] = await EnvelopeRecipient.For(recipients[i]).EncryptKeyAsync(key, provider, cancellationToken).ConfigureAwait(false);
        var data = ProfileContent.Encrypt(contentType, content, key, infos, provider);
        return new ContentInfo { ContentType = CMSAuthEnvelopedDataValues.IdCtAuthEnvelopedData, Content = AnyValue.From(data) }.Encode();
    }

    /// <summary>Opens a content with an RSA key.</summary>
    /// <param name="der">The DER of ContentInfo.</param>
    /// <param name="recipient">The certificate of the recipient.</param>
    /// <param name="key">Its private key.</param>
    /// <param name="expectedContentType">What the content must be.</param>
    /// <param name="provider">What decrypts the content.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The content, owned by the caller; <see langword="null"/>, which tells nothing more, if anything differs from the profile or is wrong.</returns>
    /// <exception cref="ArgumentException">The key is not that of the certificate.</exception>
    /// <exception cref="CryptoProviderException">The device failed.</exception>
    public static ValueTask<Secret?> OpenAsync(
        ReadOnlyMemory<byte> der,
        Certificate recipient,
        IDecryptionKey key,
        ObjectIdentifier expectedContentType,
        CryptoProvider provider,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        RequireKeyOf(recipient, key.SubjectPublicKeyInfo);
        return OpenAsync(der, expectedContentType, recipient, new RsaEnvelopeKey(recipient, key), provider, cancellationToken);
    }

    /// <summary>Opens a content with an elliptic-curve key.</summary>
    /// <param name="der">The DER of ContentInfo.</param>
    /// <param name="recipient">The certificate of the recipient.</param>
    /// <param name="key">Its private key.</param>
    /// <param name="expectedContentType">What the content must be.</param>
    /// <param name="provider">What unwraps the key and decrypts the content.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The content, owned by the caller; <see langword="null"/>, which tells nothing more, if anything differs from the profile or is wrong.</returns>
    /// <exception cref="ArgumentException">The key is not that of the certificate.</exception>
    /// <exception cref="CryptoProviderException">The device failed.</exception>
    public static ValueTask<Secret?> OpenAsync(
        ReadOnlyMemory<byte> der,
        Certificate recipient,
        IKeyAgreementKey key,
        ObjectIdentifier expectedContentType,
        CryptoProvider provider,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        RequireKeyOf(recipient, key.SubjectPublicKeyInfo);
        return OpenAsync(der, expectedContentType, recipient, new EcEnvelopeKey(recipient, key), provider, cancellationToken);
    }

    private static async ValueTask<Secret?> OpenAsync(
        ReadOnlyMemory<byte> der, ObjectIdentifier expectedContentType, Certificate recipient, EnvelopeKey key, CryptoProvider provider, CancellationToken cancellationToken)
    {
        if (!ContentInfo.TryDecode(der, out var envelope)
            || envelope.ContentType != CMSAuthEnvelopedDataValues.IdCtAuthEnvelopedData
            || !Der.TryDecode<AuthEnvelopedData>(envelope.Content.Encoded, out var data)
            || !ProfileContent.IsInProfile(data, expectedContentType))
            return null;

        // A key that does not come out right is replaced by a random one, so that every failure ends in the tag of the content:
        // neither the answer nor, by and large, its time tells which step failed (RFC 3218 2.3 does the same).
        using var random = Secret.Random(ProfileContent.KeyLength, provider.Random);
        using var opened = ProfileRecipients.FindOnly(data.RecipientInfos, recipient) is { } mine
            ? await key.DecryptKeyAsync(mine, provider, cancellationToken).ConfigureAwait(false)
            : null;
        return ProfileContent.Decrypt(data, opened is { Length: ProfileContent.KeyLength } ? opened : random, provider);
    }

    private static void RequireKeyOf(Certificate recipient, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        if (!recipient.SubjectPublicKeyInfo.Span.SequenceEqual(subjectPublicKeyInfo.Span))
            throw new ArgumentException("The key is not that of the certificate.", nameof(recipient));
    }
}
