using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CMSAuthEnvelopedData;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Pki.Cms;

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
    public static ValueTask<byte[]> SealAsync(
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
        cancellationToken.ThrowIfCancellationRequested();
        using var key = Secret.Random(EnvelopeContent.KeyLength, provider.Random);
        var infos = new RecipientInfo[recipients.Count];
        for (var i = 0; i < infos.Length; i++)
            infos[i] = KeyTransport.IsFor(recipients[i]) ? KeyTransport.Make(recipients[i], key, provider) : KeyAgreement.Make(recipients[i], key, provider);
        var data = EnvelopeContent.Encrypt(contentType, content, key, infos, provider);
        var envelope = new ContentInfo { ContentType = CMSAuthEnvelopedDataValues.IdCtAuthEnvelopedData, Content = AnyValue.From(data) };
        return ValueTask.FromResult(envelope.Encode());
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
        return OpenAsync(der, expectedContentType, data => KeyTransport.OpenAsync(data, recipient, key, cancellationToken), provider);
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
        return OpenAsync(der, expectedContentType, data => KeyAgreement.OpenAsync(data, recipient, key, provider, cancellationToken), provider);
    }

    private static async ValueTask<Secret?> OpenAsync(
        ReadOnlyMemory<byte> der, ObjectIdentifier expectedContentType, Func<AuthEnvelopedData, ValueTask<Secret?>> openKey, CryptoProvider provider)
    {
        if (!ContentInfo.TryDecode(der, out var envelope)
            || envelope.ContentType != CMSAuthEnvelopedDataValues.IdCtAuthEnvelopedData
            || !Der.TryDecode<AuthEnvelopedData>(envelope.Content.Encoded, out var data)
            || !EnvelopeContent.IsInProfile(data, expectedContentType))
            return null;

        // A key that does not come out right is replaced by a random one, so that every failure ends in the tag of the content:
        // neither the answer nor, by and large, its time tells which step failed (RFC 3218 2.3 does the same).
        using var opened = await openKey(data).ConfigureAwait(false);
        using var random = Secret.Random(EnvelopeContent.KeyLength, provider.Random);
        return EnvelopeContent.Decrypt(data, opened is { Length: EnvelopeContent.KeyLength } ? opened : random, provider);
    }

    private static void RequireKeyOf(Certificate recipient, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        if (!recipient.SubjectPublicKeyInfo.Span.SequenceEqual(subjectPublicKeyInfo.Span))
            throw new ArgumentException("The key is not that of the certificate.", nameof(recipient));
    }
}
