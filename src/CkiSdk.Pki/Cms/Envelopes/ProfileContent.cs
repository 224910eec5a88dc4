using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CMSAuthEnvelopedData;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Encrypts and decrypts a content as the profile, section 3, demands: AES-256-GCM, no attribute but the content type, nothing else around it.</summary>
internal static class ProfileContent
{
    /// <summary>The length of the content's key in octets.</summary>
    public const int KeyLength = 32;

    private const ContentEncryption Algorithm = ContentEncryption.Aes256Gcm;
    private const int TagLength = ContentEncryptionExtensions.TagLength;

    /// <summary>Encrypts a content; the attributes are the content type alone, and none for plain data (RFC 5083 §2.1).</summary>
    public static AuthEnvelopedData Encrypt(ObjectIdentifier contentType, Secret content, Secret key, RecipientInfo[] recipients, CryptoProvider provider)
    {
        var attributes = EnvelopeAttributes.Make(contentType, []);
        var nonce = provider.Random.Octets(Algorithm.NonceLength());
        var ciphertext = new byte[content.Length];
        var tag = new byte[TagLength];
        provider.ContentCipher.Encrypt(key, nonce, content.Span, attributes?.Encode() ?? [], ciphertext, tag);
        return new AuthEnvelopedData
        {
            Version = CMSVersion.V0,
            RecipientInfos = new RecipientInfos((SetOf<RecipientInfo>)recipients),
            AuthEncryptedContentInfo = new EncryptedContentInfo
            {
                ContentType = new ContentType(contentType),
                ContentEncryptionAlgorithm = ContentAlgorithms.Make(Algorithm, nonce),
                EncryptedContent = new EncryptedContent(ciphertext),
            },
            AuthAttrs = attributes,
            Mac = new MessageAuthenticationCode(tag),
        };
    }

    /// <summary>Tells whether everything but the recipients is as the profile demands.</summary>
    public static bool IsInProfile(AuthEnvelopedData data, ObjectIdentifier contentType)
    {
        var content = data.AuthEncryptedContentInfo;
        return data.Version == CMSVersion.V0
            && data.OriginatorInfo is null
            && data.UnauthAttrs is null
            && content.ContentType.Value == contentType
            && content.EncryptedContent is not null
            && data.Mac.Value.Length == TagLength
            && FindNonce(content) is not null
            && data.AuthAttrs is null or { Value.Count: 1 }
            && EnvelopeAttributes.Fit(data.AuthAttrs, contentType);
    }

    /// <summary>Decrypts the content of a structure that <see cref="IsInProfile"/> accepted.</summary>
    public static Secret? Decrypt(AuthEnvelopedData data, Secret key, CryptoProvider provider)
    {
        var content = data.AuthEncryptedContentInfo;
        var associated = data.AuthAttrs?.Encode() ?? []; // with the tag of a SET (RFC 5083 2.2)
        return provider.ContentCipher.Decrypt(key, FindNonce(content), content.EncryptedContent!.Value.Value.Span, data.Mac.Value.Span, associated);
    }

    private static byte[]? FindNonce(EncryptedContentInfo content)
    {
        var identifier = content.ContentEncryptionAlgorithm;
        return ContentAlgorithms.Find(identifier) is (Algorithm, { } nonce) && nonce.Length == Algorithm.NonceLength() && ContentAlgorithms.TagLengthOf(identifier) == TagLength
            ? nonce
            : null;
    }
}
