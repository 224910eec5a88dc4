using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIAlgorithms;
using CkiSdk.Asn1.Modules.CMSAESCCMAndAESGCM;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Asn1.Modules.PKCS5v21;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Maps the ciphers of contents to AlgorithmIdentifiers and back (RFC 3565 §2.2, RFC 5084 §3.2, RFC 3370 §5.1).</summary>
internal static class ContentAlgorithms
{
    private static readonly (ContentEncryption Algorithm, ObjectIdentifier Oid)[] Identifiers =
    [
        (ContentEncryption.Aes128Gcm, CMSAESCCMAndAESGCMValues.IdAes128GCM),
        (ContentEncryption.Aes192Gcm, CMSAESCCMAndAESGCMValues.IdAes192GCM),
        (ContentEncryption.Aes256Gcm, CMSAESCCMAndAESGCMValues.IdAes256GCM),
        (ContentEncryption.Aes128Cbc, CKIAlgorithmsValues.IdAes128CBC),
        (ContentEncryption.Aes192Cbc, CKIAlgorithmsValues.IdAes192CBC),
        (ContentEncryption.Aes256Cbc, CKIAlgorithmsValues.IdAes256CBC),
        (ContentEncryption.TripleDesCbc, PKCS5v21Values.DesEDE3CBC),
    ];

    /// <summary>Gives the identifier of a cipher with its nonce; the tag of GCM has 16 octets.</summary>
    public static AlgorithmIdentifier Make(ContentEncryption algorithm, byte[] nonce) => new()
    {
        Algorithm = Array.Find(Identifiers, identifier => identifier.Algorithm == algorithm).Oid,
        Parameters = algorithm.IsAuthenticated()
            ? AnyValue.From(new GCMParameters { AesNonce = nonce, AesICVlen = new AESGCMICVlen(ContentEncryptionExtensions.TagLength) })
            : AnyValue.From(new EncryptedContent((OctetString)nonce)), // the bare OCTET STRING
    };

    /// <summary>Finds the cipher and its nonce; null if it is none that is known.</summary>
    public static (ContentEncryption Algorithm, byte[] Nonce)? Find(AlgorithmIdentifier identifier)
    {
        var found = Array.FindIndex(Identifiers, candidate => candidate.Oid == identifier.Algorithm);
        if (found < 0 || identifier.Parameters is not { } encoded)
            return null;
        var algorithm = Identifiers[found].Algorithm;
        if (algorithm.IsAuthenticated())
            return Der.TryDecode<GCMParameters>(encoded.Encoded, out var parameters) && parameters.AesNonce.Length is > 0 and <= 64 ? (algorithm, parameters.AesNonce.ToArray()) : null;
        return Der.TryDecode<EncryptedContent>(encoded.Encoded, out var vector) && vector.Value.Length == algorithm.NonceLength() ? (algorithm, vector.Value.ToArray()) : null;
    }

    /// <summary>Gives the length of the tag that an identifier states, in octets.</summary>
    public static int TagLengthOf(AlgorithmIdentifier identifier) => (int)identifier.Parameters!.Value.As<GCMParameters>().AesICVlen.Value;
}
