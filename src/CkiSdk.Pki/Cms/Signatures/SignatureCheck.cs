using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKIX1PSSOAEPAlgorithms;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Signatures;

/// <summary>Checks signatures over one content (RFC 5652 §5.6).</summary>
internal sealed class SignatureCheck(ObjectIdentifier contentType, ContentDigests digests, byte[]? bareContent, CryptoProvider provider, LegacyAlgorithms allowed)
{
    /// <summary>Checks one signature.</summary>
    public MessageSignature Run(SignerInfo signer, IReadOnlyList<Certificate> certificates)
    {
        // Whoever sends a message may put many certificates of one name into it: the first with which the signature is good counts.
        var candidates = certificates.Where(certificate => SignerIdentifiers.IsMeant(signer.Sid, certificate)).Distinct().Take(4).ToList();
        var faults = candidates.ConvertAll(certificate => FindFault(signer, certificate));
        var good = faults.IndexOf(null);
        return new MessageSignature
        {
            Identifier = SignerIdentifiers.Describe(signer.Sid),
            Certificate = good >= 0 ? candidates[good] : candidates.FirstOrDefault(),
            Algorithm = FindAlgorithm(signer),
            Fault = good >= 0 ? null : faults.FirstOrDefault() ?? "the signer's certificate is not known",
            SigningTime = signer.SignedAttrs is { } attributes ? SignedAttributeSet.FindTime(attributes) : null,
            SignedAttributes = signer.SignedAttrs,
            UnsignedAttributes = signer.UnsignedAttrs,
        };
    }

    private string? FindFault(SignerInfo signer, Certificate certificate)
    {
        if (ContentDigests.Find(signer.DigestAlgorithm) is not { } algorithm)
            return $"the hash algorithm {signer.DigestAlgorithm.Algorithm} is not known";
        if (digests.FindResult(algorithm) is not { } digest)
            return "the hash algorithm is not among those that the message announces";
        if (algorithm == DigestAlgorithm.Sha1 && !allowed.HasFlag(LegacyAlgorithms.Sha1))
            return "the hash algorithm SHA-1 is not permitted";
        if (signer.SignedAttrs is { } attributes && SignedAttributeSet.FindFault(attributes, contentType, digest, certificate) is { } fault)
            return fault;
        var signed = signer.SignedAttrs?.Encode() ?? bareContent;
        if (signed is null)
            return "a content above 1 MiB was signed without attributes";
        if (signer.SignedAttrs is null && FindBareFault(signed) is { } ambiguous)
            return ambiguous;
        return Verify(signer, certificate, signed);
    }

    // The octets of signed attributes must not be taken for a content that was signed without attributes, nor plain data for another content.
    private string? FindBareFault(byte[] content)
    {
        if (contentType != CryptographicMessageSyntax2004Values.IdData)
            return "a content other than plain data was signed without attributes";
        return Der.TryDecode<SignedAttributes>(content, out var attributes)
            && attributes.Value.Any(attribute => attribute.AttrType == CryptographicMessageSyntax2004Values.IdMessageDigest)
                ? "the content has the form of signed attributes"
                : null;
    }

    private string? Verify(SignerInfo signer, Certificate certificate, byte[] signed)
    {
        if (!provider.PublicKeys.TryImportVerificationKey(certificate.SubjectPublicKeyInfo.Span, allowed, out var key, out var error))
            return $"the signer's key was refused: {error}";
        using (key)
        {
            if (FindAlgorithm(signer) is { } algorithm)
                return key.Verify(algorithm, signed, signer.Signature.Value.Span) ? null : "the signature is wrong";
            if (FindPss(signer.SignatureAlgorithm) is { } parameters && key is IPssVerificationKey pss)
                return pss.VerifyPss(parameters, signed, signer.Signature.Value.Span) ? null : "the signature is wrong";
            return $"the signature algorithm {signer.SignatureAlgorithm.Algorithm} is not known";
        }
    }

    // RFC 3370 3.2, 5754 3.2: the bare rsaEncryption is read together with the hash.
    private static SignatureAlgorithm? FindAlgorithm(SignerInfo signer)
    {
        if (SignatureIdentifiers.TryFind(signer.SignatureAlgorithm, out var algorithm))
            return algorithm;
        if (signer.SignatureAlgorithm.Algorithm != PKCS1Values.RsaEncryption)
            return null;
        return ContentDigests.Find(signer.DigestAlgorithm) switch
        {
            DigestAlgorithm.Sha256 => SignatureAlgorithm.RsaPkcs1Sha256,
            DigestAlgorithm.Sha384 => SignatureAlgorithm.RsaPkcs1Sha384,
            DigestAlgorithm.Sha512 => SignatureAlgorithm.RsaPkcs1Sha512,
            DigestAlgorithm.Sha1 => SignatureAlgorithm.RsaPkcs1Sha1,
            _ => null,
        };
    }

    private static RsaPssParameters? FindPss(AlgorithmIdentifier identifier) =>
        identifier.Algorithm == PKIX1PSSOAEPAlgorithmsValues.IdRSASSAPSS && identifier.Parameters is { } parameters
            ? RsaPssParametersReader.Read(parameters.Encoded)
            : null;
}
