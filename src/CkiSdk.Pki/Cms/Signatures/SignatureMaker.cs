using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using Attribute = CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004.Attribute;

namespace CkiSdk.Pki.Cms.Signatures;

/// <summary>Makes one SignerInfo (RFC 5652 §5.3–5.4).</summary>
internal static class SignatureMaker
{
    /// <summary>Gives the algorithm of a signer.</summary>
    public static SignatureAlgorithm AlgorithmOf(MessageSigner signer) => signer.Algorithm ?? signer.Key.DefaultAlgorithm();

    /// <summary>Gives the hash function of a signer's content: that of the signature, and SHA-512 for Ed25519 (RFC 8419 §3).</summary>
    public static DigestAlgorithm DigestOf(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RsaPkcs1Sha384 or SignatureAlgorithm.RsaPssSha384 or SignatureAlgorithm.EcdsaSha384 => DigestAlgorithm.Sha384,
        SignatureAlgorithm.RsaPkcs1Sha512 or SignatureAlgorithm.RsaPssSha512 or SignatureAlgorithm.EcdsaSha512 or SignatureAlgorithm.Ed25519 => DigestAlgorithm.Sha512,
        SignatureAlgorithm.RsaPkcs1Sha1 or SignatureAlgorithm.EcdsaSha1 or SignatureAlgorithm.DsaSha1 => DigestAlgorithm.Sha1,
        _ => DigestAlgorithm.Sha256,
    };

    /// <summary>Signs.</summary>
    public static async ValueTask<SignerInfo> SignAsync(MessageSigner signer, SigningOptions options, byte[] digest, CancellationToken cancellationToken)
    {
        var algorithm = AlgorithmOf(signer);
        var attributes = SignedAttributeSet.Make(signer, options.ContentType, digest, options.SigningTime);

        // RFC 5652 5.4: the signature is over the DER with the tag of a SET, not the [0] that stands in the message.
        var signature = await signer.Key.SignAsync(algorithm, attributes.Encode(), cancellationToken).ConfigureAwait(false);
        return new SignerInfo
        {
            Version = signer.UseKeyIdentifier ? CMSVersion.V3 : CMSVersion.V1,
            Sid = SignerIdentifiers.Name(signer.Certificate, signer.UseKeyIdentifier),
            DigestAlgorithm = ContentDigests.IdentifierOf(DigestOf(algorithm)),
            SignedAttrs = attributes,
            SignatureAlgorithm = SignatureIdentifiers.Of(algorithm),
            Signature = new SignatureValue(signature),
            UnsignedAttrs = signer.UnsignedAttributes.Count == 0 ? null : new UnsignedAttributes((SetOf<Attribute>)[.. signer.UnsignedAttributes]),
        };
    }
}
