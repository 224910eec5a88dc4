using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CMSAESCCMAndAESGCM;
using CkiSdk.Asn1.Modules.CMSAuthEnvelopedData;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Cms;

/// <summary>Encrypts and decrypts the content of an AuthEnvelopedData and checks what surrounds it.</summary>
internal static class EnvelopeContent
{
    /// <summary>The length of the content's key in octets.</summary>
    public const int KeyLength = 32;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Encrypts a content; the attributes are the content type alone, and none for plain data (RFC 5083 §2.1).</summary>
    public static AuthEnvelopedData Encrypt(ObjectIdentifier contentType, Secret content, Secret key, RecipientInfo[] recipients, CryptoProvider provider)
    {
        // OpenSSL 3.0 reads no attributes at all, and plain data need none.
        var attributes = contentType == CryptographicMessageSyntax2004Values.IdData ? default(AuthAttributes?) : AttributesFor(contentType);
        var nonce = provider.Random.Octets(NonceLength);
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
                ContentEncryptionAlgorithm = AlgorithmFor(nonce),
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
            && FindNonce(content.ContentEncryptionAlgorithm) is not null
            && HasAttributes(data, contentType);
    }

    /// <summary>Decrypts the content of a structure that <see cref="IsInProfile"/> accepted.</summary>
    public static Secret? Decrypt(AuthEnvelopedData data, Secret key, CryptoProvider provider)
    {
        var content = data.AuthEncryptedContentInfo;
        var nonce = FindNonce(content.ContentEncryptionAlgorithm)!.Value;
        var associated = data.AuthAttrs?.Encode() ?? []; // with the tag of a SET (RFC 5083 2.2)
        return provider.ContentCipher.Decrypt(key, nonce.Span, content.EncryptedContent!.Value.Value.Span, data.Mac.Value.Span, associated);
    }

    // RFC 5083 2.1: plain data may come without attributes; any other content must have them.
    private static bool HasAttributes(AuthEnvelopedData data, ObjectIdentifier contentType) =>
        data.AuthAttrs is { } attributes ? attributes == AttributesFor(contentType) : contentType == CryptographicMessageSyntax2004Values.IdData;

    private static AuthAttributes AttributesFor(ObjectIdentifier contentType) => new((SetOf<Asn1.Modules.CryptographicMessageSyntax2004.Attribute>)
    [
        new Asn1.Modules.CryptographicMessageSyntax2004.Attribute
        {
            AttrType = CryptographicMessageSyntax2004Values.IdContentType,
            AttrValues = [AnyValue.From(new ContentType(contentType))],
        },
    ]);

    private static AlgorithmIdentifier AlgorithmFor(OctetString nonce) => new()
    {
        Algorithm = CMSAESCCMAndAESGCMValues.IdAes256GCM,
        Parameters = AnyValue.From(new GCMParameters { AesNonce = nonce, AesICVlen = new AESGCMICVlen(TagLength) }),
    };

    private static OctetString? FindNonce(AlgorithmIdentifier algorithm) =>
        algorithm.Algorithm == CMSAESCCMAndAESGCMValues.IdAes256GCM
        && algorithm.Parameters is { } encoded
        && Der.TryDecode<GCMParameters>(encoded.Encoded, out var parameters)
        && parameters is { AesNonce.Length: NonceLength, AesICVlen.Value: TagLength }
            ? parameters.AesNonce
            : default(OctetString?);
}
